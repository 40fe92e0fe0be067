import pytest

from crawler.blocked import CHALLENGE, GEOGRAPHIC, LOGIN, RATE_LIMIT, REFUSAL, advice, blocked_reason
from crawler.model import Failure

RUISHU = """<html><head><meta content="x9$"><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.cd="qq";</script>
<script src="/a.js" r='m'></script></head><body></body></html>"""
ALIBABA = (
    "<html><script>var arg1='3E0';function setCookie(n,v){document.cookie=n+'='+v}setCookie('acw_sc__v2',x)</script>"
)
RELOAD = "<html><body><script>document.cookie = 'k=' + f();window.location.reload();</script></body></html>"
CAPTCHA = "<html><head><title>安全验证</title></head><body><p>访问验证：请拖动滑块</p></body></html>"
CLOUDFLARE = "<html><title>Just a moment...</title><body>Enable JavaScript and cookies to continue</body></html>"
F5 = "<html><body>The requested URL was rejected. Request Rejected. Your support ID is: 123<br>[Go Back]</body></html>"


@pytest.mark.parametrize(
    ("status", "kind"), [(401, LOGIN), (403, REFUSAL), (412, CHALLENGE), (429, RATE_LIMIT), (521, CHALLENGE)]
)
def test_a_firewalls_status_is_a_block_whatever_the_body(status: int, kind: str) -> None:
    reason = blocked_reason(status, (), "<html><body>" + "A long page. " * 500)
    assert reason is not None
    assert reason.startswith(kind)
    assert str(status) in reason


@pytest.mark.parametrize("status", [200, 202, 405])
@pytest.mark.parametrize("body", [RUISHU, ALIBABA, RELOAD, CAPTCHA, CLOUDFLARE, F5])
def test_a_challenge_is_recognised_by_its_body(body: str, status: int) -> None:
    assert blocked_reason(status, (), body) is not None


def test_a_large_obfuscated_challenge_is_recognised_by_its_beginning() -> None:
    assert blocked_reason(200, (), RUISHU.replace("$_ts.cd", "'x';" * 20_000 + "$_ts.cd")) is not None


def test_cloudflare_says_so_in_a_header() -> None:
    assert blocked_reason(403, (), "")
    assert blocked_reason(200, (("CF-Mitigated", "challenge"),), "<html>") == f"{CHALLENGE} (Cloudflare)"
    assert blocked_reason(503, (("Server", "cloudflare"),), "<html><body>Wait</body></html>") is not None


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html><body><script>window.location = '/en-us';</script></body></html>",
        "<html><script>var l = Cookies.get('language') || 'en'; window.location = '/' + l;</script></html>",
        "<html><script>document.cookie='lang=en';location.reload();</script><body></body></html>",
        "<html><head><meta http-equiv='refresh' content='0;url=/english/'></head><body></body></html>",
        "<html><body><p>Under construction.</p></body></html>",
        "<html><body><form>Name <input> Mail <input name=mail> 安全验证码 <input id=c></form></body></html>",
        "<html><body>" + "<a href=/>News</a> " * 9 + "<script>acw_sc__v2</script></body></html>",
        "<html><body><p>" + "How we tell robots apart: 安全验证, captcha and WZWS. " * 30 + "</p></body></html>",
        "<html><head><script>" + "x();" * 6000 + "document.cookie='a=1';location.reload()</script></head><body>Hi",
    ],
)
def test_an_ordinary_page_is_never_called_blocked(body: str) -> None:
    assert blocked_reason(200, (("Server", "cloudflare"),), body) is None


@pytest.mark.parametrize("status", [404, 500, 502, 503])
def test_a_sites_own_error_is_no_block(status: int) -> None:
    assert blocked_reason(status, (("Server", "nginx"),), "<html><body>Not found</body></html>") is None


def test_a_redirect_is_no_block() -> None:
    assert blocked_reason(302, (), RELOAD) is None


def test_every_failure_has_advice_for_the_owner() -> None:
    told = {failure: advice(failure, "", 404) for failure in Failure}
    assert len(set(told.values())) == len(Failure)
    assert all(text.endswith(".") for text in told.values())


def test_advice_on_a_block_follows_its_kind() -> None:
    told = {advice(Failure.BLOCKED, blocked_reason(status, (), "") or "") for status in (401, 403, 412, 429)}
    assert len(told) == 4
    assert advice(Failure.BLOCKED, "") not in told


def test_advice_on_an_error_follows_its_status() -> None:
    assert "links" in advice(Failure.HTTP_ERROR, "", 404)
    assert "error log" in advice(Failure.HTTP_ERROR, "", 502)
    assert "406" in advice(Failure.HTTP_ERROR, "", 406)


@pytest.mark.parametrize("words", ["该网站不支持境外访问", "This site is not available in your country."])
def test_a_block_of_countries_is_told_from_other_refusals(words: str) -> None:
    assert (blocked_reason(200, (), f"<p>{words}</p>") or "").startswith(GEOGRAPHIC)
    assert blocked_reason(403, (), f"<p>{words}</p>") == f"{GEOGRAPHIC} (answered 403)"
    assert blocked_reason(200, (), f"<p>{words}</p><p>{'A notice of the county. ' * 50}</p>") is None


def test_a_form_for_a_password_is_a_login_wall_only_where_nothing_else_is_shown() -> None:
    form = "<form>用户名 <input name=u> 密码 <input name=p type='password'></form>"
    assert (blocked_reason(200, (), form) or "").startswith(LOGIN)
    assert blocked_reason(200, (), form + "<p>" + "What the county publishes. " * 30) is None
