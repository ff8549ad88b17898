import AdvisoryFormats
import Testing

@Suite struct PythonLockFileTests {
    @Test func `takes from requirements what is pinned, and reports the rest`() throws {
        let text = """
            # comment
            --index-url https://pypi.org/simple
            Django==2.2.24  # a comment
            Zope.Interface [test, docs] == 5.0 ; python_version < "3"
            with-hash==1.0 \\
                --hash=sha256:aa \\
                --hash=sha256:bb
            old===1.0.dev1
            both>=1.0,==1.5
            (none
            loose>=1.0
            wild==1.*
            bare
            g @ git+https://github.com/o/g.git@abc123#egg=g
            git+ssh://git@github.com/o/h@v1#egg=hh
            -e git+https://github.com/django/django.git@2.2#egg=django
            f @ git+https://example.org/f@v1.0rc1
            git+https://example.org/x/nameless@2.2
            -e git+https://example.org/d@django-3.1.4#egg=Django
            -e git+https://example.org/d@main#egg=django-2.2
            -e git+https://example.org/d@stable/4.2.x#egg=branch
            -e ./local
            ./wheels/x-1.0-py3-none-any.whl
            -r other.txt
            -c constraints.txt
            """
        let inventory = try InventoryDocument(parsing: Array(text.utf8), fileName: "requirements-dev.txt")
        #expect(
            inventory.lines == [
                "Django 2.2.24 pkg:pypi/django@2.2.24", "Zope.Interface 5.0 pkg:pypi/zope.interface@5.0",
                "with-hash 1.0 pkg:pypi/with-hash@1.0", "old 1.0.dev1 pkg:pypi/old@1.0.dev1", "both 1.5 pkg:pypi/both@1.5",
                "loose - -", "wild - -", "bare - -", "g - pkg:github/o/g@abc123", "hh - pkg:github/o/h@v1",
                "django 2.2 pkg:github/django/django@2.2", "f 1.0rc1 -",
                "git+https://example.org/x/nameless@2.2 - -", "Django 3.1.4 -", "django 2.2 -", "branch - -", "./local - -",
                "./wheels/x-1.0-py3-none-any.whl - -"
            ])
        let stated = inventory.components.compactMap(\.statedPurl)
        #expect(
            stated == [
                "pkg:pypi/g", "pkg:pypi/hh", "pkg:pypi/django@2.2", "pkg:pypi/f@1.0rc1", "pkg:pypi/django@3.1.4",
                "pkg:pypi/django@2.2",
                "pkg:pypi/branch"
            ], "a tag is a version, a commit, a branch and a mere v1 are none; what has no name is asked by none")
        #expect(inventory.faults == [10, 11, 12, 13, 24].map { "line \($0): badValue" })
        for name in ["requirements.txt", "requirements.prod.txt", "my-requirements.txt", "a/requirements-x.txt"] {
            #expect(try listed("a==1", as: name) == ["a 1 pkg:pypi/a@1"], "\(name)")
        }
    }

    @Test func `reads Poetry, uv, PDM and pylock`() throws {
        let poetry = """
            [[package]]
            name = "Requests"
            version = "2.31.0"
            files = [
                {file = "requests.whl", hash = "sha256:aa"},
            ]

            [package.dependencies]
            certifi = ">=2017.4.17"
            colorama = {version = "*", markers = "sys_platform == \\"win32\\""}

            [[package]]
            name = "g"
            version = "0.1"
            [package.source]
            type = "git"
            url = "https://github.com/o/g.git"
            reference = "main"
            resolved_reference = "abc"

            [[package]]
            name = "mirrored"
            version = "1"
            source = {type = "legacy", url = "https://pypi.example.com/simple", reference = "x"}

            [[package]]
            name = "local"
            version = "2"
            source = {type = "directory", url = "../local"}

            [metadata]
            lock-version = "2.0"
            """
        #expect(
            try listed(poetry, as: "poetry.lock") == [
                "Requests 2.31.0 pkg:pypi/requests@2.31.0", "g 0.1 pkg:github/o/g@abc", "mirrored 1 pkg:pypi/mirrored@1",
                "local 2 -"
            ])
        let uv = """
            version = 1
            [[package]]
            name = "a"
            version = "1.0"
            source = { registry = "https://pypi.org/simple" }
            sdist = { url = "https://files.example/a.tar.gz", size = 10, upload-time = "2024-01-01T00:00:00Z" }
            [[package]]
            name = "g"
            version = "0.1"
            source = { git = "https://github.com/o/g?rev=main#c0ffee" }
            [[package]]
            name = "app"
            source = { virtual = "." }
            """
        #expect(try listed(uv, as: "uv.lock") == ["a 1.0 pkg:pypi/a@1.0", "g 0.1 pkg:github/o/g@c0ffee", "app - -"])
        let pdm = """
            [[package]]
            name = "a"
            version = "1.0"
            [[package]]
            name = "a"
            version = "1.0"
            extras = ["x"]
            [[package]]
            name = "g"
            version = "0.1"
            git = "https://github.com/o/g.git"
            revision = "abc"
            [[package]]
            version = "1"
            """
        let inventory = try InventoryDocument(parsing: Array(pdm.utf8), fileName: "pdm.lock")
        #expect(inventory.lines == ["a 1.0 pkg:pypi/a@1.0", "g 0.1 pkg:github/o/g@abc"])
        #expect(inventory.faults == ["line 13: missingMember"])
        let pylock = """
            lock-version = "1.0"
            packages = [{name = "inline", version = "3"}, {name = "d", directory = {path = "."}},
              {name = "v", vcs = {type = "git", url = "https://github.com/o/v", commit-id = "12"}}]
            """
        #expect(try listed(pylock, as: "pylock.dev.toml") == ["inline 3 pkg:pypi/inline@3", "d - -", "v - pkg:github/o/v@12"])
    }

    @Test func `reads every category of Pipfile.lock`() throws {
        let text = """
            {"_meta": {"hash": {"sha256": "x"}}, "default": {"a": {"version": "==1.0"}, "g": {"git": "https://github.com/o/g", "ref": "ab"},
             "loose": {"version": "*"}}, "docs": {"b": {"version": "==2"}, "c": {"path": "./c", "editable": true}}}
            """
        let inventory = try InventoryDocument(parsing: Array(text.utf8), fileName: "Pipfile.lock")
        #expect(
            inventory.lines == ["a 1.0 pkg:pypi/a@1.0", "g - pkg:github/o/g@ab", "loose - -", "b 2 pkg:pypi/b@2", "c - -"])
        #expect(inventory.faults == ["/default/loose: badValue"])
    }
}
