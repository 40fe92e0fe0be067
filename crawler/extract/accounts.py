"""Accounts on social networks, told from share buttons, posts and log-in pages."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from urllib.parse import parse_qs, urlsplit

from crawler.extract.links import followable
from crawler.extract.nodes import Node
from crawler.extract.offers import SocialLink
from crawler.extract.page import Page

_HOSTS = {
    "facebook.com": "facebook", "fb.com": "facebook", "twitter.com": "x", "x.com": "x", "youtube.com": "youtube",
    "instagram.com": "instagram", "tiktok.com": "tiktok", "douyin.com": "douyin", "weibo.com": "weibo",
    "weibo.cn": "weibo", "t.qq.com": "tencent_weibo", "linkedin.com": "linkedin", "vk.com": "vk", "t.me": "telegram",
    "telegram.me": "telegram", "pinterest.com": "pinterest", "flickr.com": "flickr", "threads.net": "threads",
    "pf.kakao.com": "kakao", "blog.naver.com": "naver", "line.me": "line", "bilibili.com": "bilibili",
    "kuaishou.com": "kuaishou", "toutiao.com": "toutiao", "ok.ru": "ok", "mp.weixin.qq.com": "wechat",
    "weixin.qq.com": "wechat",
}  # fmt: skip
_HOST_HINT = re.compile("|".join(sorted({re.escape(host) for host in _HOSTS})))
_SHOPS = {
    "apps.apple.com": "app_store", "itunes.apple.com": "app_store", "play.google.com/store/apps": "google_play",
    "appgallery.huawei.com": "huawei", "app.mi.com": "xiaomi", "sj.qq.com": "tencent", "a.app.qq.com": "tencent",
}  # fmt: skip
_SHOP = re.compile(rf"^\s{{0,9}}(?:https?:)?//({'|'.join(map(re.escape, _SHOPS))})[/?]", re.IGNORECASE)
# First path segments that are the network's own pages, share buttons or single posts.
_NO_ACCOUNT = frozenset({
    "sharer", "sharer.php", "share", "share.php", "dialog", "plugins", "tr", "login", "login.php", "signup", "intent",
    "home", "hashtag", "search", "widgets", "widgets.js", "i", "watch", "embed", "playlist", "results", "p", "reel",
    "explore", "sharing", "sharearticle", "share_channel", "cws", "video", "pin", "policies", "help",
    "legal", "privacy", "tos", "about", "settings", "groups", "events", "hashtags", "feed", "oauth", "s", "newlogin",
    "ajax", "js", "images", "static", "shorts", "live", "iframe_api", "player_api", "photo", "photo.php", "article",
})  # fmt: skip
_NEEDS_KIND = {  # networks whose accounts stand under a kind
    "linkedin": ("company", "in", "school", "showcase"),
    "douyin": ("user",),
}
_NEEDS_ID = {"wechat": "__biz"}
_SHARING = re.compile(r"share|sharing|bds_|bdshare|jiathis|addthis", re.IGNORECASE)
_WECHAT_IMAGE = re.compile(r"wechat|weixin|微信|公众号|公眾號", re.IGNORECASE)
_CODE_IMAGE = re.compile(r"qr|ewm|erweima|二维码|二維碼|code|公众号|公眾號|scan|扫", re.IGNORECASE)


@lru_cache(maxsize=8192)
def network_of(url: str) -> str | None:
    """Return the social network that an address belongs to, or None."""
    if not _HOST_HINT.search(url):
        return None
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    labels = host.split(".")
    return next((_HOSTS[name] for n in range(len(labels)) if (name := ".".join(labels[n:])) in _HOSTS), None)


def is_social(url: str) -> bool:
    """Tell whether an address is on a social network."""
    return network_of(url) is not None


def apps(page: Page) -> tuple[SocialLink, ...]:
    """Return the apps that the page links to in their shops, each address once; `network` is the shop."""
    found: dict[str, SocialLink] = {}
    if not any(shop in page.nodes.hrefs.lower() for shop in _SHOPS):
        return ()
    for element in page.nodes.of("a")[:6000]:
        href = element.get("href")
        shop = _SHOP.search(href[:300]) if "app" in href or "play." in href else None
        url = followable(page, href) if shop else None
        if shop and url:
            found.setdefault(url, SocialLink(_SHOPS[shop[1].lower()], url))
    return tuple(found.values())


def social(page: Page) -> tuple[SocialLink, ...]:
    """Return the accounts that the page links to, each once; a WeChat QR code counts by its image's address.

    Share buttons, single posts, log-in pages and a network's own home page are no accounts.
    """
    found: dict[tuple[str, str], SocialLink] = {}
    hrefs = page.nodes.hrefs.lower()
    named = any(host in hrefs for host in _HOSTS) or network_of(page.base_url)
    for element in page.nodes.of("a", "area")[:6000] if named else ():
        url = followable(page, element.attributes.get("href"))
        network = network_of(url) if url else None
        if url and network and is_account(url, network):
            parts = urlsplit(url)
            key = f"{parts.path.rstrip('/').lower()}?{parts.query if network in ('facebook', 'wechat') else ''}"
            found.setdefault((network, key), SocialLink(network, url))
    code = _wechat_code(page)
    if code and not any(account.network == "wechat" for account in found.values()):
        found[("wechat", code)] = SocialLink("wechat", code)
    return tuple(found.values())


def is_account(url: str, network: str) -> bool:
    """Tell an account's address from share buttons, posts and the network's own pages."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    segments = [piece for piece in parts.path.split("/") if piece]
    if network in _NEEDS_ID:
        return _NEEDS_ID[network] in parse_qs(parts.query) and segments[:2] == ["mp", "profile_ext"]
    if not segments or segments[0].lower() in _NO_ACCOUNT or host.startswith(("service.", "share.", "api.")):
        return False
    if network in _NEEDS_KIND:
        return len(segments) > 1 and segments[0].lower() in _NEEDS_KIND[network]
    is_post = len(segments) > 2 and segments[1].lower() in ("status", "posts", "video", "photos", "videos")
    return not is_post


def _wechat_code(page: Page) -> str | None:
    """Return the address of an image that shows a WeChat account's QR code; codes of share boxes are none."""
    for image in page.nodes.of("img")[:3000]:
        spoken = f"{image.get('alt')} {image.get('title')}"[:200]
        name = image.get("src")[-120:].rsplit("/", 1)[-1]
        words = f"{spoken} {name}"
        if _WECHAT_IMAGE.search(words) and _CODE_IMAGE.search(words) and not _within_sharing(image):
            return followable(page, image.get("src"))
    return None


def _within_sharing(image: Node) -> bool:
    around = islice(image.around(), 4)
    return any(_SHARING.search(f"{node.get('class')} {node.get('id')}"[:200]) for node in around)
