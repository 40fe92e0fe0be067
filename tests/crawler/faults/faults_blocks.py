"""Firewalls, challenges, logins, limits, and answers that hold nothing."""

# ruff: noqa: E501  (a fault a line reads as a table)

from __future__ import annotations

from faultcases import Fault, at_first, body
from faultserver import page

from crawler.model import Failure

RUISHU = (
    '<html><head><meta content="x$"><script>$_ts=window["$_ts"];if(!$_ts)$_ts={};</script></head><body></body></html>'
)
ALIBABA = "<html><script>var arg1='3E0';function f(n,v){document.cookie=n+'='+v}f('acw_sc__v2',arg1)</script></html>"
JIASULE = "<script>document.cookie='__jsl_clearance_s=17|0|x;max-age=3600';location.href=location.pathname</script>"
RELOAD = "<html><body><script>document.cookie='k='+Math.PI;window.location.reload();</script></body></html>"
CAPTCHA = "<html><body><div id=c></div><script src='https://static.geetest.com/v4/gt4.js'></script></body></html>"
NOTICE = "<html><head><title>安全验证</title></head><body><p>访问验证：请拖动滑块</p></body></html>"
F5 = "<html><body>The requested URL was rejected. Request Rejected. Your support ID is: 7<br>[Go Back]</body></html>"
ABROAD = "<html><body><h1>抱歉</h1><p>本网站不支持境外访问</p></body></html>"
COUNTRY = "<html><body><p>This site is not available in your country.</p></body></html>"
LOGIN = (
    "<html><body><form>用户名 <input name=u> 密码 <input type=password name=p><input type=submit></form></body></html>"
)
UPKEEP = "<html><body><h1>系统维护中</h1></body></html>"
GONE_ZH = "<html><head><title>页面不存在 - 某县人民政府</title></head><body><p>三秒后返回首页</p></body></html>"
GONE_EN = "<html><head><title>Error</title></head><body><p>404 Not Found</p></body></html>"
NO_HTML = "The server has nothing to say about this."

BLOCKED, OTHER, ERROR = Failure.BLOCKED, Failure.OTHER, Failure.HTTP_ERROR

FAULTS = (
    Fault("block-412", "412, a script challenge", "status", body(RUISHU, "412 Precondition Failed"), BLOCKED, 412, "challenge page (answered 412)"),
    Fault("block-521", "521, a challenge before the origin", "status", body(JIASULE, "521 Down"), BLOCKED, 521, "challenge page (answered 521)"),
    Fault("block-403", "403 to everything", "status", body("no", "403 Forbidden"), BLOCKED, 403, "firewall refusal (answered 403)"),
    Fault("block-403-abroad", "403 to readers abroad", "status and words", body(ABROAD, "403 Forbidden"), BLOCKED, 403, "geographic block (answered 403)"),
    Fault("block-abroad", "200 with a notice that some countries are kept out", "words on an almost empty page", body(COUNTRY), BLOCKED, 200, "geographic block (the page says “not available in your country”)"),
    Fault("block-401", "401", "status", body("", "401 Unauthorized", WWW_Authenticate='Basic realm="x"'), BLOCKED, 401, "login wall (answered 401)"),
    Fault("block-login", "200 with a form for a password and nothing else", "password field on an almost empty page", body(LOGIN), BLOCKED, 200, "login wall (the page is a form for a password)"),
    Fault("block-ruishu", "200 with a script challenge (瑞数)", "script's marker on a page without text", body(RUISHU), BLOCKED, 200, "challenge page (script with $_ts)"),
    Fault("block-alibaba", "200 with a script challenge (阿里云)", "script's marker on a page without text", body(ALIBABA), BLOCKED, 200, "challenge page (script with acw_sc__v)"),
    Fault("block-jiasule", "200 with a script challenge (加速乐)", "script's marker on a page without text", body(JIASULE), BLOCKED, 200, "challenge page (script with __jsl_clearance)"),
    Fault("block-reload", "200 with a script that sets a cookie and reloads", "script on a page without text", body(RELOAD), BLOCKED, 200, "challenge page (script that sets a cookie and reloads)"),
    Fault("block-cloudflare", "200 challenge of Cloudflare", "header cf-mitigated", body("<html></html>", CF_Mitigated="challenge"), BLOCKED, 200, "challenge page (Cloudflare)"),
    Fault("block-captcha", "200 with a captcha", "captcha's script on a page without text", body(CAPTCHA), BLOCKED, 200, "challenge page (captcha)"),
    Fault("block-notice", "200 with a request to prove oneself human", "words on an almost empty page", body(NOTICE), BLOCKED, 200, "firewall refusal (the page says “安全验证”)"),
    Fault("block-f5", "200 with a firewall's refusal", "words on an almost empty page", body(F5), BLOCKED, 200, "firewall refusal (the page says “request rejected”)"),
    Fault("limit-once", "429, with Retry-After: 1, then the page", "status", at_first(body("", "429 Too Many Requests", Retry_After="1")), asked=2),
    Fault("limit-stays", "429 again after the pause", "status", body("", "429 Too Many Requests", Retry_After="0"), BLOCKED, 429, "rate limit (answered 429)", asked=2),
    Fault("limit-far", "429 with a Retry-After beyond what we wait", "status and Retry-After", body("", "429 Too Many Requests", Retry_After="86400"), BLOCKED, 429, "rate limit (answered 429)"),
    Fault("empty-200", "200 without any content", "digest of nothing", body(""), OTHER, 200, "empty answer (answered 200)"),
    Fault("empty-blanks", "200 with nothing but blanks", "blank text", body(" \r\n\t\n " * 9), OTHER, 200, "empty answer (answered 200)"),
    Fault("empty-204", "204", "digest of nothing", lambda w, a: w.head("204 No Content"), OTHER, 204, "empty answer (answered 204)"),
    Fault("empty-304", "304 to a request without a condition", "digest of nothing", lambda w, a: w.head("304 Not Modified"), OTHER, 304, "empty answer (answered 304)"),
    Fault("error-404", "404", "status", body(NO_HTML, "404 Not Found"), ERROR, 404, "answered 404"),
    Fault("error-410", "410", "status", body(NO_HTML, "410 Gone"), ERROR, 410, "answered 410"),
    Fault("error-405", "405: only HEAD is allowed", "status", body("", "405 Method Not Allowed", Allow="HEAD"), ERROR, 405, "answered 405"),
    Fault("error-500-once", "500, then the page", "status", at_first(body("", "500 Internal Server Error")), asked=2),
    Fault("error-500", "500 twice", "status", body(NO_HTML, "500 Internal Server Error"), ERROR, 500, "answered 500", asked=2),
    Fault("error-503", "503 for maintenance", "status and words", body(UPKEEP, "503 Service Unavailable"), ERROR, 503, "answered 503 (maintenance)", asked=2),
    Fault("soft-404-title", "200 whose title says that there is no such page", "title", body(GONE_ZH), ERROR, 200, "not-found page (answered 200, says “页面不存在”)"),
    Fault("soft-404-text", "200 whose only words say that there is no such page", "words on an almost empty page", body(GONE_EN), ERROR, 200, "not-found page (answered 200, says “404 not found”)"),
    Fault("no-soft-404", "200 about pages that are not found", "a page with more to say", body(page("404 companies registered", "<p>Page not found, say readers.</p>"))),
)  # fmt: skip
