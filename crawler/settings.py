"""Scrapy settings, each with its reason."""

from __future__ import annotations

import os
from typing import Any

from crawler.archive.warc import MAX_BODY
from crawler.manners import Manners


def scrapy_settings(manners: Manners, log_file: str) -> dict[str, Any]:
    """Build the settings of one worker process."""
    return {
        "USER_AGENT": manners.user_agent,
        "ROBOTSTXT_OBEY": True,
        # One connection a host; the next request waits for the answer and then for the delay.
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        # Politeness is per host, so the whole may be wide: a shard holds many sites.
        "CONCURRENT_REQUESTS": 64,
        "DOWNLOAD_DELAY": manners.delay,
        # No jitter: a stated delay is a promise.
        "DOWNLOAD_DELAY_JITTER": 0.0,
        # The delay follows the response time between the user's bound and ours; none asked for, none added.
        "AUTOTHROTTLE_ENABLED": manners.delay > 0,
        "AUTOTHROTTLE_START_DELAY": manners.delay,
        "AUTOTHROTTLE_MAX_DELAY": max(manners.max_delay, manners.delay),
        "DOWNLOAD_TIMEOUT": manners.timeout,
        "DOWNLOAD_MAXSIZE": MAX_BODY,
        "DOWNLOAD_WARNSIZE": 0,
        # A wrong Content-Length is common on old servers; what came is evidence all the same.
        "DOWNLOAD_FAIL_ON_DATALOSS": False,
        # One more try for what a moment's fault can explain; a 404 or a block is not asked twice.
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [500, 502, 503, 504, 408],
        "REDIRECT_MAX_TIMES": 8,
        # Meta refreshes are facts about a home page, followed by the spider and not behind its back.
        "METAREFRESH_ENABLED": False,
        # No session is kept between pages: every capture is what a first visitor sees. Challenge pages
        # that set a cookie and reload are therefore recorded as blocks, not circumvented.
        "COOKIES_ENABLED": False,
        "REFERER_ENABLED": False,
        # The environment's proxy would bypass the guard unnoticed: only an explicit one counts.
        "HTTPPROXY_ENABLED": bool(manners.proxy),
        # A proxy resolves names itself, so the guard cannot see where they lead.
        "WAIWEN_ALLOW_PRIVATE": manners.allow_private or bool(manners.proxy),
        # No private address is connected to, whatever a name resolves to at that moment.
        "TWISTED_DNS_RESOLVER": "crawler.guard.GuardedResolver",
        "DOWNLOADER_MIDDLEWARES": {"crawler.recorder.Recorder": 950},
        # http(s) only: no file:, data:, ftp: or s3: address that a page may hold is ever opened.
        "DOWNLOAD_HANDLERS": {"file": None, "data": None, "ftp": None, "s3": None},
        # Some public sites run old certificates; that is for an indicator to say, not a reason to see nothing.
        "DOWNLOAD_VERIFY_CERTIFICATES": False,
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",  # the frontier knows what was asked
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "INFO",
        "LOG_FILE": log_file,
        "LOG_COLOR": False,
        "LOGSTATS_INTERVAL": 0,
        "EXTENSIONS": {"scrapy.extensions.memusage.MemoryUsage": None},
    }


def use_proxy(manners: Manners) -> None:
    """Make the explicit proxy the only one of this process: Scrapy reads proxies from the environment."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        os.environ.pop(name, None)
        os.environ.pop(name.upper(), None)
    if manners.proxy:
        os.environ["http_proxy"] = os.environ["https_proxy"] = manners.proxy
