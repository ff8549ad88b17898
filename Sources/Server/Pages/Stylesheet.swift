/// The one stylesheet, embedded in every page. Colours keep a contrast of at least 4.5:1 in both schemes (WCAG 2.2, 1.4.3).
enum Stylesheet {
    static let text: StaticString = """
        :root{color-scheme:light dark;--ground:#fff;--raised:#f3f6f8;--ink:#16212b;--quiet:#4b5a67;--line:#d3dbe2;\
        --link:#0a5a87;--good:#17653a;--good-ground:#e2f3e8;--bad:#961b1b;--bad-ground:#fbe7e6;--warn:#734800;--warn-ground:#fcf0d6}
        @media (prefers-color-scheme:dark){:root{--ground:#0f161b;--raised:#18222a;--ink:#e3eaef;--quiet:#a4b4c1;--line:#2d3b46;\
        --link:#7cc5f0;--good:#8bd9a8;--good-ground:#14321f;--bad:#f7a8a2;--bad-ground:#3d1a19;--warn:#f0c878;--warn-ground:#3a2b0d}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
        body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        header,main,footer{max-width:62rem;margin:0 auto;padding:0 1.25rem}
        header{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem 1.5rem;padding-top:1rem;padding-bottom:.75rem;\
        border-bottom:1px solid var(--line)}
        footer{margin-top:3rem;padding-top:1rem;padding-bottom:2rem;border-top:1px solid var(--line);color:var(--quiet);font-size:.875rem}
        a{color:var(--link);text-underline-offset:.15em}
        a:hover{text-decoration-thickness:2px}
        :focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
        .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--ground);padding:.5rem}
        .brand{font-weight:700;font-size:1.125rem;color:inherit;text-decoration:none;margin-right:auto}
        .brand svg{width:1.35em;height:1.35em;vertical-align:-.3em;margin-right:.45em;color:var(--link)}
        nav ul{display:flex;flex-wrap:wrap;gap:.1rem 1rem;list-style:none;margin:0;padding:0}
        nav a,nav button{display:inline-block;padding:.25rem 0;color:var(--quiet);text-decoration:none}
        nav a:hover,nav button:hover{color:var(--ink);text-decoration:underline}
        nav a[aria-current]{color:var(--ink);font-weight:600;box-shadow:inset 0 -2px var(--link)}
        nav form{margin:0}nav button{border:0;background:none;font:inherit;cursor:pointer}
        h1{font-size:1.75rem;line-height:1.2;margin:1.75rem 0 .5rem;overflow-wrap:anywhere}
        h1.long{font-size:1.25rem;line-height:1.35}
        h2{font-size:1.2rem;line-height:1.3;margin:2.25rem 0 .6rem}
        h3{font-size:1rem;margin:1.25rem 0 .25rem}
        p{margin:.5rem 0;max-width:44rem}
        .lead{font-size:1.1rem;color:var(--quiet)}
        .meta,.quiet{color:var(--quiet);font-size:.9rem}
        .meta{margin:.1rem 0;max-width:none;overflow-wrap:anywhere}
        code,pre,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.875em}
        code{overflow-wrap:anywhere}
        pre,.said{background:var(--raised);border:1px solid var(--line);border-radius:6px;padding:.8rem 1rem;overflow-x:auto}
        pre{white-space:pre-wrap;overflow-wrap:anywhere}
        .said{white-space:pre-wrap;overflow-wrap:anywhere;max-width:none}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem;margin:1.25rem 0;padding:0}
        .figures div{background:var(--raised);border:1px solid var(--line);border-radius:8px;padding:.7rem .9rem;\
        display:flex;flex-direction:column-reverse;justify-content:flex-end}
        .figures dt{color:var(--quiet);font-size:.875rem}
        .figures dd{margin:0;font-size:1.6rem;line-height:1.2;font-weight:600;font-variant-numeric:tabular-nums}
        .facts{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.35rem 1.25rem;margin:.75rem 0}
        .facts dt{color:var(--quiet)}.facts dd{margin:0;overflow-wrap:anywhere;min-width:0}
        .list{list-style:none;margin:.75rem 0;padding:0;border-top:1px solid var(--line)}
        .list>li{padding:.7rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
        .list .badge{margin-right:.3rem}.list pre{margin:.4rem 0}
        .list .name{font-weight:600;overflow-wrap:anywhere}
        .wide{overflow-x:auto;margin:.75rem 0}
        table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
        th,td{text-align:left;vertical-align:top;padding:.45rem 1rem .45rem 0;border-bottom:1px solid var(--line)}
        th{color:var(--quiet);font-weight:600;font-size:.875rem;white-space:nowrap}
        td code{overflow-wrap:normal}.long code{overflow-wrap:anywhere}
        th:last-child,td:last-child{padding-right:0}
        .number{text-align:right;padding-right:1.5rem}
        .badge{display:inline-block;border-radius:1rem;padding:.05rem .65rem;font-size:.85rem;font-weight:600;\
        background:var(--raised);border:1px solid var(--line);color:var(--ink);white-space:nowrap}
        .good{color:var(--good);background:var(--good-ground);border-color:currentcolor}
        .bad{color:var(--bad);background:var(--bad-ground);border-color:currentcolor}
        .warn{color:var(--warn);background:var(--warn-ground);border-color:currentcolor}
        .panel{border:1px solid var(--line);border-left:4px solid var(--link);border-radius:6px;background:var(--raised);\
        padding:.8rem 1.1rem;margin:1rem 0}
        .panel p{margin:.15rem 0}.panel .when{font-size:1.2rem;font-weight:600}
        .panel.over{border-left-color:var(--good)}
        .line{list-style:none;margin:.75rem 0;padding:0 0 0 1.1rem;border-left:2px solid var(--line)}
        .line li{margin:0 0 .9rem;position:relative}
        .line li::before{content:"";position:absolute;left:calc(-1.1rem - 6px);top:.5em;width:10px;height:10px;border-radius:50%;\
        background:var(--link);border:2px solid var(--ground)}
        .steps{padding-left:1.4rem;max-width:48rem}.steps li{margin:.4rem 0}
        .curve{display:block;width:100%;max-width:34rem;height:auto;margin:.5rem 0;color:var(--link)}
        .pages{display:flex;gap:1.5rem;margin:1rem 0}
        form.box{display:grid;gap:.6rem;max-width:34rem;margin:1rem 0}
        form.inline{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end;margin:1rem 0}
        form.inline label{display:grid;gap:.2rem;font-size:.9rem;color:var(--quiet)}
        input,select,textarea,.action{font:inherit;color:inherit;border:1px solid var(--quiet);border-radius:6px;padding:.5rem .7rem;\
        background:var(--ground);max-width:100%}
        .action{background:var(--link);border-color:var(--link);color:var(--ground);font-weight:600;cursor:pointer;justify-self:start}
        details summary{cursor:pointer;color:var(--link)}
        @media (max-width:34rem){body{font-size:1.0625rem}header{padding-top:.75rem}h1{font-size:1.45rem}\
        .stack thead{position:absolute;left:-99rem}.stack tr{display:block;padding:.45rem 0;border-bottom:1px solid var(--line)}\
        .stack td{display:block;position:relative;padding:.1rem 0 .1rem 8rem;border:0;overflow-wrap:anywhere}.stack td:empty{display:none}\
        .stack td::before{content:attr(data-name);position:absolute;left:0;color:var(--quiet)}\
        .facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.6rem}.figures{grid-template-columns:1fr 1fr}\
        .figures dd{font-size:1.35rem}nav a,nav button{padding:.45rem 0}}
        @media print{nav,footer,.skip{display:none}}
        """
}
