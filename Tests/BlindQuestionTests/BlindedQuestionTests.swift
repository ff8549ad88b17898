import BlindQuestion
import Correlation
import Sealing
import TestSupport
import Testing

@Suite struct BlindedQuestionTests {
    private static let evidence = FindingFingerprint.Evidence(
        package: "pkg:generic/libtide@1.2.0", repository: "https://github.com/Tide/libtide.git", weakness: "CWE-122",
        file: "src/tide.c", function: "tide_expand(int)"
    )

    private func random(_ seed: UInt64) -> (Int) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        return { count in (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) } }
    }

    private func tags(
        asking evidence: FindingFingerprint.Evidence, patch: String? = nil, key: EvaluationKey, epoch: Int64 = 1
    ) throws -> [QuestionTag] {
        let keys = try #require(CoarseKeys.ofSubjects(of: evidence, patch: patch).first)
        let question = try BlindedQuestion(keys, random: random(1))
        return try question.tags(from: key.evaluate(question.elements), under: key.publicKey, epoch: epoch)
    }

    @Test func `who asks blindly gets the tags that the keeper of the finding computes`() throws {
        let key = try EvaluationKey(random: random(2))
        let kept = try FindingTags.tags(of: CoarseKeys.ofSubjects(of: Self.evidence), epoch: 1, key: key)
        #expect(kept.count == 4, "function with weakness and file with weakness, for repository and package")
        var other = Self.evidence
        (other.package, other.weakness, other.file) = (nil, "CWE-787: Out-of-bounds Write", "./src/tide.c")
        other.repository = "git@github.com:tide/libtide"
        #expect(try Set(tags(asking: other, key: key)) == Set(kept.prefix(2)))
        other.file = "src/other.c"
        #expect(try tags(asking: other, key: key).filter(kept.contains).count == 1, "the file moved")
        other.function = "tide_other"
        #expect(try tags(asking: other, key: key).filter(kept.contains).isEmpty, "one key alone is no match")
        #expect(try tags(asking: Self.evidence, key: key, epoch: 2).filter(kept.contains).isEmpty, "another epoch")
        let renewed = try EvaluationKey(random: random(3))
        #expect(try tags(asking: Self.evidence, key: renewed).filter(kept.contains).isEmpty, "another key")
    }

    @Test func `place alone is no match, whatever the weakness is`() throws {
        let key = try EvaluationKey(random: random(4))
        var other = Self.evidence
        other.weakness = "CWE-416"
        let kept = try FindingTags.tags(of: CoarseKeys.ofSubjects(of: Self.evidence), epoch: 1, key: key)
        #expect(try tags(asking: other, key: key).filter(kept.contains).isEmpty)
    }

    @Test func `a crash state is enough by itself, a patch with the place`() throws {
        let key = try EvaluationKey(random: random(5))
        let output = """
            ==1==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000010
            READ of size 4 at 0x602000000010 thread T0
                #0 0x51 in tide_expand /src/libtide/src/tide.c:64:3
                #1 0x52 in tide_decode /src/libtide/src/tide.c:90:3
                #2 0x53 in main /src/libtide/main.c:9:3
            """
        var (first, second) = (FindingFingerprint.Evidence(), FindingFingerprint.Evidence())
        (first.repository, second.repository) = ("https://github.com/tide/libtide", "https://github.com/tide/libtide/")
        first.crash = CrashReport(parsing: Array(output.utf8))
        second.crash = CrashReport(parsing: Array(output.replacing(":64:3", with: ":71:9").replacing("0x6", with: "0x7").utf8))
        let kept = try FindingTags.tags(of: CoarseKeys.ofSubjects(of: first), epoch: 1, key: key)
        #expect(kept.count == 1)
        #expect(try tags(asking: second, key: key).filter(kept.contains).count == 1)
        let patch = """
            --- a/src/tide.c
            +++ b/src/tide.c
            @@ -60,3 +60,4 @@
             int i;
            -  levels[i] = read_level(frame);
            +  if (i < count) levels[i] = read_level(frame);
            """
        let (one, two) = (patch, patch.replacing("if (i < count)", with: "if (i >= count) return -1;"))
        let patched = try FindingTags.tags(of: CoarseKeys.ofSubjects(of: Self.evidence, patch: one), epoch: 1, key: key)
        var asked = Self.evidence
        asked.weakness = nil
        #expect(
            try tags(asking: asked, patch: two, key: key).filter(patched.contains).count == 1, "the function with the hunk")
    }

    @Test func `keys that were asked in two questions can't be put together to a third`() throws {
        let key = try EvaluationKey(random: random(10))
        let kept = try Set(FindingTags.tags(of: CoarseKeys.ofSubjects(of: Self.evidence), epoch: 1, key: key))
        var (place, weakness) = (Self.evidence, Self.evidence)
        place.weakness = "CWE-79"
        (weakness.file, weakness.function) = ("src/other.c", "other")
        let learnt = try tags(asking: place, key: key) + tags(asking: weakness, key: key)
        #expect(kept.isDisjoint(with: learnt))
        #expect(learnt.count == 4, "as many tries as elements that count, and no product of them")
    }

    @Test func `every question has the same shape, whatever the finding says`() throws {
        let key = try EvaluationKey(random: random(6))
        for evidence in [
            Self.evidence, .init(repository: "https://a.example/b/c"), .init(package: "pkg:npm/a", weakness: "CWE-79")
        ] {
            let keys = try #require(CoarseKeys.ofSubjects(of: evidence).first)
            let question = try BlindedQuestion(keys, random: random(7))
            #expect(question.elements.count == BlindedQuestion.elementCount)
            #expect(question.elements.allSatisfy { $0.bytes.count == BlindedElement.byteCount })
            #expect(Set(question.elements).count == BlindedQuestion.elementCount)
            var evaluations = try key.evaluate(question.elements)
            evaluations[4] = try key.evaluate([BlindedInput([1]).element])[0]
            #expect(throws: SealingError.self, "also the proofs of random elements count") {
                try question.tags(from: evaluations, under: key.publicKey, epoch: 1)
            }
            #expect(throws: SealingError.self) {
                try question.tags(from: Array(evaluations.prefix(4)), under: key.publicKey, epoch: 1)
            }
        }
        #expect(CoarseKeys.ofSubjects(of: .init(weakness: "CWE-79", file: "a.c", function: "f")).isEmpty)
    }

    @Test func `every finding has the same number of tags, in an order that tells nothing`() throws {
        let key = try EvaluationKey(random: random(8))
        let real = try FindingTags.tags(of: CoarseKeys.ofSubjects(of: Self.evidence), epoch: 1, key: key)
        for tags in [real, [], Array(real.prefix(1))] {
            let padded = FindingTags.padded(tags, with: FindingTags.dummies(random: random(9)))
            #expect(padded.count == FindingTags.countOfFinding)
            #expect(padded == padded.sorted())
            #expect(tags.allSatisfy(padded.contains))
        }
    }

    @Test func `keys are texts that change only with their version`() throws {
        let keys = CoarseKeys.ofSubjects(of: Self.evidence).map { $0.keys.map(\.canonicalText) }
        #expect(
            keys == [
                [
                    "breakwater-question/v1/function\nrepository=github.com/tide/libtide\nfunction=tide_expand",
                    "breakwater-question/v1/file\nrepository=github.com/tide/libtide\nfile=src/tide.c",
                    "breakwater-question/v1/weakness\nrepository=github.com/tide/libtide\nfamily=bounds"
                ],
                [
                    "breakwater-question/v1/function\npackage=pkg:generic/libtide\nfunction=tide_expand",
                    "breakwater-question/v1/file\npackage=pkg:generic/libtide\nfile=src/tide.c",
                    "breakwater-question/v1/weakness\npackage=pkg:generic/libtide\nfamily=bounds"
                ]
            ])
    }

    @Test func `a list of tags is read as it was written, and anything else is refused`() throws {
        let seed = UInt64.random(in: 0...(.max))
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for count in [0, 1, 2, 1_000] {
            let tags = (0..<count).map { _ in QuestionTag(value: generator.next()) }
            let list = TagList(epoch: 3, through: 40, tags: tags)
            #expect(try TagList(parsing: list.bytes) == list)
            #expect(tags.allSatisfy(list.contains))
            #expect(!list.contains(QuestionTag(value: generator.next())))
            for bytes in [Array(list.bytes.dropLast()), list.bytes + [0], Array(list.bytes.dropFirst())] {
                #expect(throws: TagList.Malformation.self) { try TagList(parsing: bytes) }
            }
        }
        var swapped = TagList(epoch: 1, through: 1, tags: [.init(value: 1), .init(value: 2)]).bytes
        swapped[47] = 9
        let error = #expect(throws: TagList.Malformation.self) { try TagList(parsing: swapped) }
        #expect(error?.byteOffset == 48)
    }
}
