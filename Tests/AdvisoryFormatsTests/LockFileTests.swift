import AdvisoryFormats
import PackageIdentity
import Testing

@Suite struct LockFileTests {
    @Test func `reads Cargo.lock, and takes only crates.io's packages for its own`() throws {
        let text = """
            version = 3

            [[package]]
            name = "app"
            version = "0.1.0"
            dependencies = [
             "serde",
            ]

            [[package]]
            name = "serde"
            version = "1.0.200"
            source = "registry+https://github.com/rust-lang/crates.io-index"
            checksum = "aa"

            [[package]]
            name = "g"
            version = "0.2.0"
            source = "git+https://github.com/o/g?branch=main#c0ffee"

            [[package]]
            name = "private"
            version = "0.3.0"
            source = "registry+https://crates.example.com/index"
            """
        #expect(
            try listed(text, as: "Cargo.lock") == [
                "app 0.1.0 -", "serde 1.0.200 pkg:cargo/serde@1.0.200", "g 0.2.0 pkg:github/o/g@c0ffee", "private 0.3.0 -"
            ])
        let broken = refusal(of: text + "\nname = \"twice\"", as: "Cargo.lock")?.violations.first
        #expect(broken?.pointer == "line 25" && broken?.reason.contains("twice") == true)
    }

    @Test func `reads go.mod after its replacements`() throws {
        let text = """
            module example.com/app // the module

            go 1.21
            toolchain go1.22.1

            require golang.org/x/net v0.1.0
            require (
            \tgithub.com/BurntSushi/toml v1.2.0 // indirect
            \tgithub.com/o/old v1.0.0
            \tgithub.com/o/other v1.5.0
            \tgithub.com/o/local v1.0.0
            \tgotest.tools v2.2.0+incompatible
            \tgithub.com/o/p v0.0.0-20200101000000-abcdef012345
            )
            exclude golang.org/x/net v0.0.9
            replace (
            \tgithub.com/o/old => github.com/o/new v1.1.0
            \tgithub.com/o/other v1.4.0 => github.com/o/never v9.0.0
            \tgithub.com/o/local => ./local
            )
            """
        let inventory = try InventoryDocument(parsing: Array(text.utf8), fileName: "go.mod")
        #expect(
            inventory.lines == [
                "stdlib 1.22.1 pkg:golang/stdlib@1.22.1", "golang.org/x/net v0.1.0 pkg:golang/golang.org/x/net@v0.1.0",
                "github.com/BurntSushi/toml v1.2.0 pkg:golang/github.com/BurntSushi/toml@v1.2.0",
                "github.com/o/new v1.1.0 pkg:golang/github.com/o/new@v1.1.0",
                "github.com/o/other v1.5.0 pkg:golang/github.com/o/other@v1.5.0", "github.com/o/local v1.0.0 -",
                "gotest.tools v2.2.0+incompatible pkg:golang/gotest.tools@v2.2.0%2Bincompatible",
                "github.com/o/p v0.0.0-20200101000000-abcdef012345 pkg:golang/github.com/o/p@v0.0.0-20200101000000-abcdef012345"
            ])
        #expect(inventory.subjects.map(\.name) == ["example.com/app"] && inventory.problems.isEmpty)
        #expect(refusal(of: "require (\n\ta v1\n", as: "go.mod")?.violations.first?.reason.contains("not closed") == true)
    }

    @Test func `takes from go.sum the modules whose content was needed`() throws {
        let text = """
            golang.org/x/net v0.1.0 h1:aa=
            golang.org/x/net v0.1.0/go.mod h1:bb=
            golang.org/x/old v0.0.1/go.mod h1:cc=
            broken line
            """
        let inventory = try InventoryDocument(parsing: Array(text.utf8), fileName: "go.sum")
        #expect(inventory.lines == ["golang.org/x/net v0.1.0 pkg:golang/golang.org/x/net@v0.1.0"])
        #expect(inventory.faults == ["line 4: badValue"])
    }

    @Test func `reads Package.resolved of all versions`() throws {
        let one = """
            {"object": {"pins": [
              {"package": "NIO", "repositoryURL": "https://github.com/apple/swift-nio.git", "state": {"branch": null, "version": "2.0.0"}},
              {"package": "B", "repositoryURL": "git@github.com:o/b.git", "state": {"branch": "main", "revision": "ab", "version": null}}
            ]}, "version": 1}
            """
        let lines = ["NIO 2.0.0 pkg:swift/github.com/apple/swift-nio@2.0.0", "B - pkg:github/o/b@ab"]
        #expect(try listed(one, as: "Package.resolved") == lines)
        let three = """
            {"originHash": "x", "pins": [
              {"identity": "swift-nio", "kind": "remoteSourceControl", "location": "ssh://git@GitHub.com/apple/swift-nio", "state": {"revision": "ab", "version": "2.0.0"}},
              {"identity": "mona.link", "kind": "registry", "location": "", "state": {"version": "1.0.0"}},
              {"identity": "l", "kind": "localSourceControl", "location": "/tmp/l", "state": {"version": "1.1.0"}}], "version": 3}
            """
        #expect(
            try listed(three, as: "Package.resolved") == [
                "swift-nio 2.0.0 pkg:swift/github.com/apple/swift-nio@2.0.0", "mona.link 1.0.0 -", "l 1.1.0 -"
            ])
    }

    @Test func `reads Gemfile.lock with the platforms of gems apart from their versions`() throws {
        let text = """
            GIT
              remote: https://github.com/o/g.git
              revision: abc
              branch: main
              specs:
                g (0.1.0)
                  rake

            PATH
              remote: .
              specs:
                app (0.2.0)

            GEM
              remote: https://rubygems.org/
              specs:
                nokogiri (1.15.0)
                  racc (~> 1.4)
                nokogiri (1.15.0-x86_64-linux)
                  racc (~> 1.4)
                rack (3.0.0.beta1)

            PLATFORMS
              ruby

            DEPENDENCIES
              app!
            """
        #expect(
            try listed(text, as: "Gemfile.lock") == [
                "g 0.1.0 pkg:github/o/g@abc", "app 0.2.0 -", "nokogiri 1.15.0 pkg:gem/nokogiri@1.15.0",
                "nokogiri 1.15.0 pkg:gem/nokogiri@1.15.0?platform=x86_64-linux", "rack 3.0.0.beta1 pkg:gem/rack@3.0.0.beta1"
            ])
        #expect(refusal(of: "GEM\n<<<<<<< HEAD\n", as: "gems.locked")?.violations.first?.pointer == "line 2")
    }

    @Test func `reads composer.lock, NuGet's lock and .NET's dependencies`() throws {
        let composer = """
            {"packages": [{"name": "Symfony/http", "version": "v5.4.0", "dist": {"type": "zip"}}, {"version": "1"},
              {"name": "my/own", "version": "dev-main", "dist": {"type": "path"}}], "packages-dev": [{"name": "single", "version": "1"}]}
            """
        let inventory = try InventoryDocument(parsing: Array(composer.utf8), fileName: "composer.lock")
        #expect(inventory.lines == ["Symfony/http v5.4.0 pkg:composer/symfony/http@v5.4.0", "my/own dev-main -", "single 1 -"])
        #expect(inventory.faults == ["/packages/1: missingMember", "/packages-dev/0: badValue"])
        let nuget = """
            {"version": 2, "dependencies": {"net8.0": {"Json": {"type": "Direct", "resolved": "13.0.3"}, "lib": {"type": "Project"}},
              "net6.0": {"Json": {"type": "Transitive", "resolved": "13.0.3"}, "Old": {"type": "CentralTransitive", "resolved": "1.0.0"}}}}
            """
        #expect(
            try listed(nuget, as: "packages.lock.json") == [
                "Json 13.0.3 pkg:nuget/Json@13.0.3", "lib - -", "Old 1.0.0 pkg:nuget/Old@1.0.0"
            ])
        let deps = #"{"libraries": {"App/1.0.0": {"type": "project"}, "Json/13.0.1": {"type": "package"}}}"#
        #expect(try listed(deps, as: "App.deps.json") == ["App 1.0.0 -", "Json 13.0.1 pkg:nuget/Json@13.0.1"])
    }

    @Test func `reads Gradle's, Dart's and Elixir's lock files`() throws {
        let gradle = "# comment\norg.a:b:1.0=compileClasspath,runtimeClasspath\norg.c:d:2.0\nempty=x\nno version\n"
        for name in ["gradle.lockfile", "buildscript-gradle.lockfile"] {
            let inventory = try InventoryDocument(parsing: Array(gradle.utf8), fileName: name)
            #expect(inventory.lines == ["org.a:b 1.0 pkg:maven/org.a/b@1.0", "org.c:d 2.0 pkg:maven/org.c/d@2.0"])
            #expect(inventory.faults == ["line 5: badValue"])
        }
        let pub = """
            # Generated by pub
            packages:
              args:
                dependency: transitive
                description:
                  name: args
                  sha256: "aa"
                  url: "https://pub.dev"
                source: hosted
                version: "2.4.0"
              flutter:
                dependency: "direct main"
                description: flutter
                source: sdk
                version: "0.0.0"
              g:
                description:
                  ref: main
                  resolved-ref: abc
                  url: "https://github.com/o/g.git"
                source: git
                version: "0.1.0"
            sdks:
              dart: ">=3.0.0 <4.0.0"
            """
        #expect(
            try listed(pub, as: "pubspec.lock") == [
                "args 2.4.0 pkg:pub/args@2.4.0", "flutter 0.0.0 -", "g 0.1.0 pkg:github/o/g@abc"
            ])
        let mix = """
            %{
              "phx": {:hex, :phoenix, "1.7.0", "aa", [:mix], [{:plug, "~> 1.14", [hex: :plug, repo: "hexpm", optional: false]}], "hexpm", "bb"},
              "secret": {:hex, :secret, "0.1.0", "aa", [:mix], [], "hexpm:acme", "cc"},
              "g": {:git, "https://github.com/o/g.git", "abc", [branch: "main"]},
            }
            """
        #expect(
            try listed(mix, as: "mix.lock") == [
                "phoenix 1.7.0 pkg:hex/phoenix@1.7.0", "secret 0.1.0 pkg:hex/acme/secret@0.1.0", "g - pkg:github/o/g@abc"
            ])
        #expect(refusal(of: #"%{"a": {:hex, "#, as: "mix.lock")?.violations.first?.code == .badSyntax)
    }

    @Test func `reads pom.xml as far as its versions stand in it`() throws {
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <parent><groupId>org.p</groupId><artifactId>p</artifactId><version>7</version></parent>
              <artifactId>app</artifactId>
              <properties><v>1.2</v><w>${v}.3</w><loop>${loop}</loop></properties>
              <dependencyManagement><dependencies>
                <dependency><groupId>org.m</groupId><artifactId>m</artifactId><version>${w}</version></dependency>
              </dependencies></dependencyManagement>
              <dependencies>
                <dependency><groupId>org.a</groupId><artifactId>a</artifactId><version> 1.0 </version>
                  <exclusions><exclusion><groupId>x</groupId><artifactId>y</artifactId></exclusion></exclusions></dependency>
                <dependency><groupId>${project.groupId}</groupId><artifactId>b</artifactId><version>${project.version}</version></dependency>
                <dependency><groupId>org.m</groupId><artifactId>m</artifactId></dependency>
                <dependency><groupId>org.c</groupId><artifactId>c</artifactId><version>[2.0]</version></dependency>
                <dependency><groupId>org.r</groupId><artifactId>r</artifactId><version>[1.0,2.0)</version></dependency>
                <dependency><groupId>org.u</groupId><artifactId>u</artifactId><version>${elsewhere}</version></dependency>
                <dependency><groupId>org.l</groupId><artifactId>l</artifactId><version>${loop}</version></dependency>
                <dependency><groupId>org.n</groupId><artifactId>n</artifactId></dependency>
              </dependencies>
              <build><plugins><plugin><artifactId>z</artifactId><version>9</version></plugin></plugins></build>
            </project>
            """
        let inventory = try InventoryDocument(parsing: Array(text.utf8), fileName: "pom.xml")
        #expect(
            inventory.lines == [
                "org.a:a 1.0 pkg:maven/org.a/a@1.0", "org.p:b 7 pkg:maven/org.p/b@7", "org.m:m 1.2.3 pkg:maven/org.m/m@1.2.3",
                "org.c:c 2.0 pkg:maven/org.c/c@2.0", "org.r:r - -", "org.u:u - -", "org.l:l - -", "org.n:n - -"
            ])
        #expect(inventory.faults == (15...18).map { "line \($0): badValue" } && inventory.subjects.map(\.name) == ["org.p:app"])
        #expect(refusal(of: "<project><a></project>", as: "pom.xml")?.violations.first?.code == .notXML)
    }

    @Test func `reads Conan's, R's and Haskell's lock files`() throws {
        let two =
            #"{"version": "0.5", "requires": ["zlib/1.2.13#aa%1.5", "own/1.0@acme/stable#bb"], "build_requires": ["broken"]}"#
        let inventory = try InventoryDocument(parsing: Array(two.utf8), fileName: "conan.lock")
        #expect(
            inventory.lines == ["zlib 1.2.13 pkg:conan/zlib@1.2.13", "own 1.0 pkg:conan/own@1.0?channel=stable&user=acme"])
        #expect(inventory.faults == ["/build_requires/0: badValue"])
        let one = #"{"graph_lock": {"nodes": {"0": {"options": ""}, "1": {"ref": "zlib/1.2.11#0"}}}, "version": "0.4"}"#
        #expect(try listed(one, as: "conan.lock") == ["zlib 1.2.11 pkg:conan/zlib@1.2.11"])
        let renv = """
            {"Packages": {"R6": {"Package": "R6", "Version": "2.5.1", "Source": "Repository", "Repository": "CRAN"},
             "B": {"Package": "B", "Version": "1.0", "Source": "Bioconductor"},
             "g": {"Package": "g", "Version": "0.1", "Source": "GitHub", "RemoteUsername": "o", "RemoteRepo": "g", "RemoteSha": "ab"}}}
            """
        #expect(
            try listed(renv, as: "renv.lock") == [
                "R6 2.5.1 pkg:cran/R6@2.5.1", "B 1.0 pkg:bioconductor/B@1.0", "g 0.1 pkg:github/o/g@ab"
            ])
        let stack = """
            packages:
            - completed:
                hackage: a-b-1.0@sha256:aa,10
              original:
                hackage: a-b-1.0
            - completed:
                git: https://github.com/o/g
                commit: abc
                name: g
                version: '0.1'
            """
        #expect(try listed(stack, as: "stack.yaml.lock") == ["a-b 1.0 pkg:hackage/a-b@1.0", "g 0.1 pkg:github/o/g@abc"])
        let cabal =
            "active-repositories: hackage\nconstraints: any.a ==1.0,\n             b +flag,\n             any.c ==2.0\nindex-state: x\n"
        #expect(try listed(cabal, as: "cabal.project.freeze") == ["a 1.0 pkg:hackage/a@1.0", "c 2.0 pkg:hackage/c@2.0"])
    }

    @Test func `leaves to the content what the name does not tell`() throws {
        let text = #"{"bomFormat": "CycloneDX", "specVersion": "1.6"}"#
        #expect(try InventoryDocument(parsing: Array(text.utf8), fileName: "bom.json").format == .cycloneDXJSON)
        #expect(refusal(of: "[]", as: "package-lock.json")?.violations.first?.code == .wrongType)
    }
}
