"""Scrapy settings, each with its reason."""

from __future__ import annotations

import os
from typing import Any

from crawler.archive.packing import MAX_BODY
from crawler.manners import PRODUCT, Manners


def scrapy_settings(manners: Manners, log_file: str) -> dict[str, Any]:
    """Build the settings of one worker process."""
    return {
        "USER_AGENT": manners.user_agent,
        "ROBOTSTXT_OBEY": True,
        # Rules for us are looked up by our name alone: a contact address holds other names.
        "ROBOTSTXT_USER_AGENT": PRODUCT,
        # One connection a host. When the next request may start is for crawler.pace to say.
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "WAIWEN_MANNERS": manners,
        # No bound: a request that waits for its host counts here, and would keep other sites from theirs.
        # Those really under way are bounded by crawler.politeness.
        "CONCURRENT_REQUESTS": 0,
        # Names are resolved in threads; a few that time out must not hold up the others.
        "REACTOR_THREADPOOL_MAXSIZE": 32,
        "DOWNLOAD_TIMEOUT": manners.timeout,
        "DOWNLOAD_MAXSIZE": MAX_BODY,
        "DOWNLOAD_WARNSIZE": 0,
        # A wrong Content-Length is common on old servers; what came is evidence all the same.
        "DOWNLOAD_FAIL_ON_DATALOSS": False,
        # One more try for what a moment's fault can explain; a 404 or a block is not asked twice.
        "RETRY_TIMES": 1,
        # Before it comes the pause that the server asked for (Retry-After), or a growing one.
        "RETRY_HTTP_CODES": [500, 502, 503, 504, 408, 429],
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
        # From the engine to the wire: what the round holds already; what an earlier round holds, asked for by
        # condition; and the wait before what is left.
        "DOWNLOADER_MIDDLEWARES": {
            # Ours in the places of Scrapy's: each says in its first lines why.
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "crawler.robots.Robots": 100,
            "crawler.recorder.RobotsFailures": 540,  # above the retries: hears of last tries only
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "crawler.retry.Retry": 550,
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
            "crawler.compression.Compression": 590,
            "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
            "crawler.redirects.Redirects": 600,
            "crawler.recorder.Recorder": 950,
            "crawler.revalidate.Revalidator": 960,
            "crawler.peek.Peek": 970,
            "crawler.politeness.Politeness": 990,
        },
        # A page leads to one request: a hundred tasks to pass it on would only cost.
        "CONCURRENT_ITEMS": 1,
        # Depth, long addresses and error pages are the frontier's and the spiders' own business.
        "SPIDER_MIDDLEWARES": {
            "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
            "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
            "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
        },
        # http(s) only: no file:, data:, ftp: or s3: address that a page may hold is ever opened.
        "DOWNLOAD_HANDLERS": {"file": None, "data": None, "ftp": None, "s3": None},
        # Some public sites run old certificates; that is for an indicator to say, not a reason to see nothing.
        "DOWNLOAD_VERIFY_CERTIFICATES": False,
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",  # the frontier knows what was asked
        "TELNETCONSOLE_ENABLED": False,
        # No door into a worker: whoever runs code on this machine could run it there, too.
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_LEVEL": "INFO",
        "LOG_FILE": log_file,
        "LOG_COLOR": False,
        "LOGSTATS_INTERVAL": 0,
        "EXTENSIONS": {"scrapy.extensions.memusage.MemoryUsage": None},
    }


def without_archive(settings: dict[str, Any]) -> dict[str, Any]:
    """The same settings for fetching that keeps nothing: same guard, same manners."""
    ours = ("crawler.recorder.Recorder", "crawler.recorder.RobotsFailures", "crawler.revalidate.Revalidator")
    unwanted: dict[str, None] = dict.fromkeys(ours)
    return settings | {"DOWNLOADER_MIDDLEWARES": settings["DOWNLOADER_MIDDLEWARES"] | unwanted}


def use_proxy(manners: Manners) -> None:
    """Make the explicit proxy the only one of this process: Scrapy reads proxies from the environment."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        os.environ.pop(name, None)
        os.environ.pop(name.upper(), None)
    if manners.proxy:
        os.environ["http_proxy"] = os.environ["https_proxy"] = manners.proxy
