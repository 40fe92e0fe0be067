from hypothesis import given
from hypothesis import strategies as st

from crawler.job import SiteTask, Target
from crawler.model import Site
from crawler.pool import shards
from crawler.scope import Scope, host_of, registered_domain


def task(number, host, foreign=None):
    targets = (Target("en", f"http://{foreign}/", Scope("en", foreign, "/")),) if foreign else ()
    return SiteTask(Site(f"s{number}", "x", "c", "", f"http://{host}/"), targets)


def domains(shard):
    urls = [url for entry in shard for url in (entry.site.url, *(target.home for target in entry.targets))]
    return {registered_domain(host_of(url)) for url in urls}


def test_two_sites_whose_versions_share_a_host_are_one_shard():
    tasks = [
        task(1, "www.a.gov.cn", "a.paper.com.cn"),
        task(2, "www.b.gov.cn", "b.paper.com.cn"),
        task(3, "www.c.gov.cn"),
    ]
    assert sorted(len(shard) for shard in shards(tasks, 3)) == [1, 2]


def test_sites_are_joined_through_a_third():
    tasks = [task(1, "www.a.gov.cn"), task(2, "www.b.gov.cn", "en.a.gov.cn"), task(3, "old.b.gov.cn")]
    assert len(shards(tasks, 3)) == 1


HOSTS = st.sampled_from([f"{sub}.{name}.gov.cn" for sub in ("www", "en", "news") for name in "abcdefg"])


@given(rows=st.lists(st.tuples(HOSTS, st.none() | HOSTS), max_size=20), count=st.integers(1, 5))
def test_every_site_is_in_one_shard_and_every_domain_too(rows, count):
    tasks = [task(number, host, foreign) for number, (host, foreign) in enumerate(rows)]
    found = shards(tasks, count)
    assert sorted(entry.site.id for shard in found for entry in shard) == sorted(entry.site.id for entry in tasks)
    all_domains = [domain for shard in found for domain in domains(shard)]
    assert len(all_domains) == len(set(all_domains))
    assert len(found) <= count
