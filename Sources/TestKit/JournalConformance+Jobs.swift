import Journal

extension JournalConformance {
    static let jobChecks: [Check] = [
        Check(name: "leases each job to one holder, oldest first") { subject in
            for name in ["one", "two", "three"] {
                try await subject.journal.append([draft(CounterProjection.requested, StreamName("work", name))])
            }
            let leased = try await withThrowingTaskGroup(of: LeasedJob?.self) { group in
                for _ in 0..<8 { group.addTask { try await subject.journal.leaseJob(kinds: ["work"], for: .seconds(60)) } }
                return try await group.reduce(into: [LeasedJob]()) { jobs, job in job.map { jobs.append($0) } }
            }
            try require(Set(leased.map(\.id)) == ["one", "two", "three"], "each job once: \(leased.map(\.id))")
            try require(leased.count == 3, "and to one holder only")
        },
        Check(name: "gives a job to another when its lease ends, and fences the first holder") { subject in
            try await subject.journal.append([draft(CounterProjection.requested, StreamName("work", "one"))])
            let first = try await subject.journal.leaseJob(kinds: ["work"], for: .seconds(60))
            subject.environment.clock.advance(by: .seconds(61))
            let second = try await subject.journal.leaseJob(kinds: ["work"], for: .seconds(60))
            try require(second?.id == "one" && second?.attempt == 2, "the second attempt is counted")
            if let first { try await subject.journal.releaseJob(first, as: .tried) }
            let third = try await subject.journal.leaseJob(kinds: ["work"], for: .seconds(60))
            try require(third == nil, "the first holder can't release the second's lease")
        },
        Check(name: "holds a renewed job for its holder, and gives back to nobody what another has or what is done") { subject in
            let stream = StreamName("work", "one")
            try await subject.journal.append([draft(CounterProjection.requested, stream)])
            guard let job = try await subject.journal.leaseJob(kinds: ["work"], for: .seconds(60)) else {
                throw Violation(description: "the job is there")
            }
            subject.environment.clock.advance(by: .seconds(50))
            try require(try await subject.journal.renewJob(job, for: .seconds(60)), "its holder renews it")
            subject.environment.clock.advance(by: .seconds(50))
            let other = try await subject.journal.leaseJob(kinds: ["work"], for: .seconds(60))
            try require(other == nil, "and holds it beyond the first end")
            subject.environment.clock.advance(by: .seconds(11))
            let second = try await subject.journal.leaseJob(kinds: ["work"], for: .seconds(60))
            try require(second?.attempt == 2, "which ends, too")
            try require(try await !subject.journal.renewJob(job, for: .seconds(60)), "the first holder has lost it")
            try await subject.journal.append([draft(CounterProjection.finished, stream)])
            if let second {
                try require(try await !subject.journal.renewJob(second, for: .seconds(60)), "a finished job is nobody's")
            }
        },
        Check(name: "gives jobs that are given back to others by turns, and one that waits to nobody before its time") {
            subject in
            for name in ["one", "two"] {
                try await subject.journal.append([draft(CounterProjection.requested, StreamName("work", name))])
            }
            var order: [String] = []
            for release in [JobRelease.tried, .advanced, .untried, .advanced] {
                guard let job = try await subject.journal.leaseJob(kinds: ["work"], for: .seconds(60)) else { break }
                order.append("\(job.id) \(job.attempt)")
                subject.environment.clock.advance(by: .seconds(1))
                try await subject.journal.releaseJob(job, as: release)
            }
            try require(
                order == ["one 1", "two 1", "one 2", "two 1"], "by turns, counting attempts since the last advance: \(order)")
            let waiting = try await subject.journal.leaseJob(kinds: ["work"], for: .seconds(60))
            if let waiting { try await subject.journal.releaseJob(waiting, as: .waiting(.seconds(30))) }
            subject.environment.clock.advance(by: .seconds(1))
            let other = try await subject.journal.leaseJob(kinds: ["work"], for: .seconds(60))
            try require(waiting?.id == "one" && other?.id == "two", "the other one meanwhile")
            try require(
                try await subject.journal.leaseJob(kinds: ["work"], for: .seconds(60)) == nil, "nobody is given it before")
            subject.environment.clock.advance(by: .seconds(30))
            let again = try await subject.journal.leaseJob(kinds: ["work"], for: .seconds(60))
            try require(again?.id == "one" && again?.attempt == waiting?.attempt, "and no attempt was counted")
        },
        Check(name: "has a released job free at once, and a finished one never again") { subject in
            let stream = StreamName("work", "one")
            try await subject.journal.append([draft(CounterProjection.requested, stream)])
            guard let job = try await subject.journal.leaseJob(kinds: ["work"], for: .seconds(60)) else {
                throw Violation(description: "the job is there")
            }
            try await subject.journal.releaseJob(job, as: .tried)
            let again = try await subject.journal.leaseJob(kinds: ["work"], for: .seconds(60))
            try require(again?.id == "one" && again?.attempt == 2, "it is free at once, and was tried once before")
            if let again { try await subject.journal.releaseJob(again, as: .untried) }
            let third = try await subject.journal.leaseJob(kinds: ["work"], for: .seconds(60))
            try require(third?.attempt == 2, "what was not tried counts as no attempt")
            try await subject.journal.append([draft(CounterProjection.finished, stream)])
            subject.environment.clock.advance(by: .seconds(3_600))
            let never = try await subject.journal.leaseJob(kinds: ["work"], for: .seconds(60))
            try require(never == nil, "a finished job is gone")
            let leases = try await subject.journal.read { try $0.rows("SELECT job FROM job_lease").count }
            try require(leases == 0, "and so is its lease")
        }
    ]
}
