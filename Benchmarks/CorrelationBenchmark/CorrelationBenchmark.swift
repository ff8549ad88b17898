import Correlation
import Foundation

/// Our own side of `Benchmarks/correlation`, in process and on one thread.
///
///     CorrelationBenchmark synthetic COUNT     so many made-up findings, with the growth of time and memory
///     CorrelationBenchmark texts FILE          records of the correlation format; what `bench` compares with peers
///     CorrelationBenchmark signals FILE        the signals of all candidate pairs, one TAB-separated line a pair
@main
struct CorrelationBenchmark {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { return usage() }
        switch arguments[1] {
        case "synthetic": SyntheticRun(count: Int(arguments[2]) ?? 0).run()
        case "texts": try TextRun(path: arguments[2]).run()
        case "signals": try SignalTable(path: arguments[2]).print()
        default: usage()
        }
    }

    static func usage() {
        FileHandle.standardError.write(
            Data("usage: CorrelationBenchmark synthetic COUNT | texts FILE | signals FILE\n".utf8))
        exit(2)
    }
}
