import BlindQuestion
import CivilTime
import Correlation
import Foundation
import JSONText
import Journal
import Sealing
import TestSupport
import Testing

@testable import Clearinghouse

@Suite struct QuestionTests {
    @Test func `two who found one bug in other words learn of each other, and of nothing else`() async throws {
        let (house, holder, asker) = try await House.withKnownFinding()
        house.wait(.seconds(60))
        let mine = try QuestionAsker(
            asker, about: Sample.report("Heap write", weakness: "CWE-787", file: "./src/tide.c", line: 70), in: house)
        let matches = try await mine.matches()
        #expect(matches.count == 2, "function and file, each with the family")
        let opened = try await house.questions.open(mine.opening(matches[0]), by: asker)
        #expect(opened.sides.map(\.isCaller) == [false, true], "who was first stands first")
        #expect(opened.sides.map(\.member) == [nil, "lab-b"])
        let again = try await house.questions.open(mine.opening(matches[0]), by: asker)
        #expect(again.identifier == opened.identifier)
        let theirs = try #require(try await house.questions.own(limit: 10, for: holder).cases.first)
        #expect(theirs.identifier == opened.identifier)
        #expect(theirs.sides.map(\.member) == ["lab-a", nil])
        #expect(theirs.sides[1].reference == nil, "the asker's commitment is not the holder's to know")
        let half = try await house.questions.agree(to: opened.identifier, by: asker)
        #expect(half.sides.map(\.member) == [nil, "lab-b"], "one agreement names nobody")
        let whole = try await house.questions.agree(to: opened.identifier, by: holder)
        #expect(whole.sides.map(\.member) == ["lab-a", "lab-b"])
        let count = try await house.recordCount()
        _ = try await house.questions.agree(to: opened.identifier, by: holder)
        #expect(try await house.recordCount() == count, "to agree again changes nothing")
        let stranger = try await house.enrol("lab-c", as: .finder)
        try await house.expectRefusal(.notFound) { _ = try await house.questions.agree(to: opened.identifier, by: stranger) }
        try await house.expectProvable()
    }

    @Test func `a miss leaves neither key nor output nor tag with the clearinghouse`() async throws {
        let (house, _, asker) = try await House.withKnownFinding()
        let secret = Sample.report("Quite another thing", weakness: "CWE-89", file: "lib/sekrit_query.c", function: "sekrit_run")
        let mine = try QuestionAsker(asker, about: secret, in: house)
        #expect(try await mine.matches().isEmpty)
        let report = try FindingReader.submission(in: mine.finding).report
        let (epoch, _) = try await house.questions.epoch()
        let key = try await house.journal.read { try $0.evaluationKey(of: epoch.number) }
        let keys = try #require(report.coarseKeys.first).keys
        let inputs = KeyCombination.allCases.compactMap { $0.input(of: report.coarseKeys[0]) }
        let outputs = try key.outputs(of: inputs).map(\.bytes)
        let tags = try FindingTags.tags(of: report.coarseKeys, epoch: epoch.number, key: key).map(\.bytes)
        let needles =
            outputs + tags + inputs + keys.map { Array($0.canonicalText.utf8) } + mine.question.elements.map(\.bytes)
            + ["sekrit"].map { Array($0.utf8) }
        var places = try await house.records().map { Array($0.payload?.canonicalBytes() ?? []) }
        places += try await house.tables().map { Array($0.utf8) } + house.files()
        for needle in needles {
            let written = [needle, Array(Hexadecimal.encode(needle).utf8), Array(Base64.encode(needle).utf8)]
            for place in places {
                #expect(!written.contains { Data(place).range(of: Data($0)) != nil })
            }
        }
    }

    @Test func `a commitment comes first, the same question again is free, and another about it counts`() async throws {
        let (house, holder, asker) = try await House.withKnownFinding()
        let mine = try QuestionAsker(asker, about: Sample.report(), in: house)
        let ask: (BlindedQuestion, Principal, Int64) async throws -> [Evaluation] = { question, principal, epoch in
            try await house.questions.ask(question.elements, commitment: mine.commitment, epoch: epoch, by: principal)
        }
        try await house.expectRefusal(.notFound, at: "/commitment") { _ = try await ask(mine.question, asker, 1) }
        try await house.questions.lodge(mine.commitment, by: asker)
        try await house.expectRefusal(.notFound, at: "/commitment") { _ = try await ask(mine.question, holder, 1) }
        try await house.expectRefusal(.conflict) { try await house.questions.lodge(mine.commitment, by: holder) }
        try await house.expectRefusal(.conflict, at: "/epoch") { _ = try await ask(mine.question, asker, 2) }
        try await house.expectRefusal(.malformed, at: "/elements") {
            _ = try await house.questions.ask(
                Array(mine.question.elements.prefix(4)), commitment: mine.commitment, epoch: 1, by: asker)
        }
        let first = try await ask(mine.question, asker, 1)
        let count = try await house.recordCount()
        #expect(try await ask(mine.question, asker, 1).map(\.element) == first.map(\.element))
        #expect(try await house.recordCount() == count)
        #expect(try await house.questions.own(limit: 1, for: asker).budget.leftToday == QuestionLimits.questionsADay - 1)
        let other = try QuestionAsker(asker, about: Sample.report("Another"), in: house)
        _ = try await ask(other.question, asker, 1)
        _ = try await ask(mine.question, asker, 1)
        #expect(try await house.questions.own(limit: 1, for: asker).budget.leftToday == QuestionLimits.questionsADay - 2)
    }

    @Test func `an asker that was stopped before the answer came asks again with what it kept, for another question`()
        async throws
    {
        let (house, _, asker) = try await House.withKnownFinding()
        let stopped = try QuestionAsker(asker, about: Sample.report(), in: house)
        #expect(try await stopped.matches().count == 2, "the answer is lost, and with it the blinds")
        let restarted = try QuestionAsker(asker, about: Sample.report(), salt: stopped.salt, in: house)
        #expect(restarted.commitment == stopped.commitment)
        #expect(restarted.question.elements.map(\.bytes) != stopped.question.elements.map(\.bytes))
        let matches = try await restarted.matches()
        #expect(matches.count == 2)
        #expect(try await house.questions.own(limit: 1, for: asker).budget.leftToday == QuestionLimits.questionsADay - 2)
        let opened = try await house.questions.open(restarted.opening(matches[0]), by: asker)
        #expect(opened.sides.count == 2)
        #expect(try await house.questions.own(limit: 9, for: asker).commitments.count == 1)
        try await house.expectProvable()
    }

    @Test func `who can't ask agrees to nothing, and who can't read findings sees no blind case`() async throws {
        let (house, holder, asker) = try await House.withKnownFinding()
        let mine = try QuestionAsker(asker, about: Sample.report(), in: house)
        let opened = try await house.questions.open(mine.opening(try await mine.matches()[0]), by: asker)
        let reader = Principal(member: holder.member, scopes: [.readFindings])
        try await house.expectRefusal(.forbidden) { _ = try await house.questions.agree(to: opened.identifier, by: reader) }
        #expect(try await house.questions.own(limit: 9, for: reader).cases.count == 1)
        let scanner = Principal(member: holder.member, scopes: [.submitFindings])
        try await house.expectRefusal(.forbidden) { _ = try await house.questions.own(limit: 9, for: scanner) }
    }

    @Test func `an anonymous report is in no set: nobody is sent to a reporter who can't be met`() async throws {
        let (house, holder, asker) = try await House.withKnownFinding()
        let report = try QuestionAsker(
            holder, about: Sample.report("By nobody", file: "src/quiet.c", function: "hush"), in: house)
        _ = try await house.anonymousReports.submit(report.finding)
        let same = try QuestionAsker(holder, about: Sample.report(), in: house)
        _ = try await house.anonymousReports.submit(same.finding)
        try await house.buildSet()
        #expect(try await house.questions.epoch().figures.findingCount == 1)
        #expect(try await house.questions.epoch().figures.waitingCount == 0)
        let quiet = try QuestionAsker(
            asker, about: Sample.report("Mine", file: "src/quiet.c", function: "hush"), in: house)
        #expect(try await quiet.matches().isEmpty)
        let mine = try QuestionAsker(asker, about: Sample.report(), in: house)
        let opened = try await house.questions.open(mine.opening(try await mine.matches()[0]), by: asker)
        _ = try await house.questions.agree(to: opened.identifier, by: asker)
        let sides = try await house.questions.agree(to: opened.identifier, by: holder).sides
        #expect(sides.map(\.member) == ["lab-a", "lab-b"])
        try await house.expectProvable()
    }

    @Test func `an opening that does not fit records nothing`() async throws {
        let (house, holder, asker) = try await House.withKnownFinding()
        let mine = try QuestionAsker(asker, about: Sample.report(), in: house)
        let strange = try QuestionAsker(asker, about: Sample.report(weakness: "CWE-89", file: "x.c", function: "f"), in: house)
        try await house.questions.lodge(mine.commitment, by: asker)
        let tags = try await house.journal.read { snapshot in
            try FindingTags.tags(of: Sample.report().coarseKeys, epoch: 1, key: snapshot.evaluationKey(of: 1))
        }
        let tag = tags[0]
        try await house.expectRefusal(.conflict, at: "/commitment", "nothing was asked yet") {
            _ = try await house.questions.open(mine.opening(tag), by: asker)
        }
        _ = try await mine.compare()
        #expect(try await strange.matches().isEmpty)
        try await house.expectRefusal(.conflict, at: "/tag", "a finding that has not this tag") {
            _ = try await house.questions.open(strange.opening(tag), by: asker)
        }
        try await house.expectRefusal(.conflict, at: "/salt", "another finding than was committed to") {
            let forged = QuestionOpening(
                commitment: strange.commitment, salt: strange.salt, finding: mine.finding, epoch: 1, tag: tag)
            _ = try await house.questions.open(forged, by: asker)
        }
        try await house.expectRefusal(.notFound, at: "/commitment", "another member's commitment") {
            _ = try await house.questions.open(mine.opening(tag), by: holder)
        }
        try await house.expectRefusal(.conflict, at: "/epoch") {
            _ = try await house.questions.open(mine.opening(tag, epoch: 2), by: asker)
        }
        let own = try QuestionAsker(holder, about: Sample.report("Mine"), in: house)
        let matches = try await own.matches()
        try await house.expectRefusal(.notFound, at: "/tag", "only the caller's own finding has it") {
            _ = try await house.questions.open(own.opening(try #require(matches.first)), by: holder)
        }
    }

    @Test
    func `the budget is counted in the journal: two servers on one share it, a restart does not give it back, and time does`()
        async throws
    {
        let (house, _, asker) = try await House.withKnownFinding()
        let rooms = [house.questions, Questions(journal: try house.reopened(), environment: house.environment)]
        let element = try BlindedInput([1]).element
        func ask(_ number: Int64, in room: Questions) async throws {
            let commitment = Commitment(digest: Digest(hashing: "commitment \(number)"))
            try await room.lodge(commitment, by: asker)
            _ = try await room.ask(
                Array(repeating: element, count: BlindedQuestion.elementCount), commitment: commitment, epoch: 1, by: asker)
        }
        for number in 0..<QuestionLimits.questionsADay { try await ask(number, in: rooms[Int(number % 2)]) }
        let late = Commitment(digest: Digest(hashing: "late"))
        try await house.questions.lodge(late, by: asker)
        let ahead = house.now.advanced(by: .seconds(40 * 86_400))
        let hasty = Questions(
            journal: house.journal,
            environment: ClearinghouseEnvironment(
                now: { ahead }, random: house.environment.random, identifierSecret: house.environment.identifierSecret,
                signingKey: House.clearinghouseKey, origin: house.environment.origin))
        // The journal's time counts, not that of a server whose clock runs ahead.
        for room in rooms + [hasty] {
            try await house.expectRefusal(.budgetSpent) {
                _ = try await room.ask(
                    Array(repeating: element, count: BlindedQuestion.elementCount), commitment: late, epoch: 1, by: asker)
            }
        }
        let budget = try await house.questions.own(limit: 1, for: asker).budget
        #expect(budget.leftToday == 0)
        #expect(budget.next == house.now.advanced(by: QuestionLimits.day), "it says when")
        #expect(try await hasty.rotateIfDue() == nil)
        _ = try await house.journal.rebuild()
        #expect(try await house.questions.own(limit: 1, for: asker).budget == budget)
        house.wait(QuestionLimits.day)
        try await ask(QuestionLimits.questionsADay, in: rooms[1])
        #expect(try await house.questions.epoch().figures.questionCount == QuestionLimits.questionsADay + 1)
        #expect(try await house.questions.epoch().figures.memberCount == 1)
    }

    @Test func `an epoch ends by a command or by its age, and its key and tags with it`() async throws {
        let (house, _, asker) = try await House.withKnownFinding()
        let mine = try QuestionAsker(asker, about: Sample.report(), in: house)
        #expect(try await mine.matches().count == 2)
        let sealed = try await house.journal.read { try $0.evaluationKey(of: 1).bytes }
        try await house.expectRefusal(.forbidden) { try await house.questions.rotate(by: asker) }
        #expect(try await house.questions.rotate(by: House.desk) == 2)
        #expect(try await house.questions.epoch().figures.tagCount == 0)
        await #expect(throws: JournalError.self) { try await house.journal.read { _ = try $0.evaluationKey(of: 1) } }
        for file in try house.files() {
            #expect(Data(file).range(of: Data(Hexadecimal.encode(sealed).utf8)) == nil)
        }
        try await house.expectRefusal(.conflict, at: "/epoch", "names the open one") {
            _ = try await house.questions.tags(of: 1, after: -1, for: asker)
        }
        try await house.buildSet()
        let renewed = try QuestionAsker(asker, about: Sample.report(), in: house)
        #expect(try await renewed.matches().count == 2, "what is known is known in the next epoch")
        let evaluations = try await house.questions.ask(mine.question.elements, commitment: mine.commitment, epoch: 2, by: asker)
        #expect(evaluations.count == 5, "one question a commitment and epoch: precedence outlives the key")
        #expect(try await house.questions.rotateIfDue() == nil)
        house.wait(QuestionLimits.epochLifetime)
        #expect(try await house.questions.rotateIfDue() == 3)
        #expect(try await house.questions.rotateIfDue() == nil)
        try await house.expectProvable()
    }

    @Test func `a member that leaves takes its tags along, and its case stays without its content`() async throws {
        let (house, holder, asker) = try await House.withKnownFinding()
        let mine = try QuestionAsker(asker, about: Sample.report(), in: house)
        let matches = try await mine.matches()
        let opened = try await house.questions.open(mine.opening(matches[0]), by: asker)
        let before = try await house.questions.epoch().figures
        #expect(before.findingCount == 1)
        #expect(before.tagCount == Int64(FindingTags.countOfFinding))
        try await house.membership.withdraw("lab-a", reason: "leaves", by: House.desk)
        #expect(try await house.questions.epoch().figures.findingCount == 0)
        let renewed = try QuestionAsker(asker, about: Sample.report("Again"), in: house)
        #expect(try await renewed.matches().isEmpty)
        #expect(try await house.questions.own(limit: 9, for: asker).cases.map(\.identifier) == [opened.identifier])
        let gone = Principal(member: "lab-a", scopes: holder.scopes)
        try await house.expectRefusal(.conflict) { _ = try await house.questions.agree(to: opened.identifier, by: gone) }
        try await house.expectProvable()
    }

    @Test func `who has the list fetches what was added since, and the whole after something was taken away`() async throws {
        let (house, _, asker) = try await House.withKnownFinding()
        let whole = try TagList(parsing: try await house.questions.tags(of: 1, after: -1, for: asker).bytes)
        #expect(whole.tags.count == FindingTags.countOfFinding)
        let leaving = try await house.enrol("lab-d", as: .finder)
        try await house.submit(Sample.report("New", file: "src/new.c", function: "fresh"), by: leaving)
        try await house.buildSet()
        let delta = try TagList(parsing: try await house.questions.tags(of: 1, after: whole.through, for: asker).bytes)
        #expect(delta.after == whole.through)
        #expect(delta.tags.count == FindingTags.countOfFinding)
        let both = try TagList(parsing: try await house.questions.tags(of: 1, after: -1, for: asker).bytes)
        #expect(both.tags == (whole.tags + delta.tags).sorted())
        #expect(both.through == delta.through)
        for early in [0, 1] as [Int64] {
            let answer = try TagList(parsing: try await house.questions.tags(of: 1, after: early, for: asker).bytes)
            #expect(answer == both, "who has nothing of the epoch gets the whole list, which is made once")
        }
        #expect(try await house.questions.tags(of: 1, after: -1, for: asker).version == "1.\(both.through).-1")
        try await house.membership.withdraw("lab-d", reason: "leaves", by: House.desk)
        let after = try TagList(parsing: try await house.questions.tags(of: 1, after: both.through, for: asker).bytes)
        #expect(after.after == -1)
        #expect(after.tags == whole.tags)
    }

    @Test func `two servers extend the set at once and no finding stands in it twice`() async throws {
        let (house, holder, _) = try await House.withKnownFinding()
        for number in 0..<20 { try await house.submit(Sample.report("\(number)", function: "f\(number)"), by: holder) }
        let other = Questions(journal: house.journal, environment: house.environment)
        try await withThrowingTaskGroup { group in
            for room in [house.questions, other, house.questions] { group.addTask { while try await room.maintain() {} } }
            try await group.waitForAll()
        }
        #expect(try await house.questions.epoch().figures.findingCount == 21)
        #expect(try await house.questions.epoch().figures.waitingCount == 0)
        try await house.expectProvable()
    }
}
