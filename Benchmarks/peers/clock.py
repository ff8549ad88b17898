"""What the Python peers measure with: the same line that MatchingBenchmark prints."""
import json
import statistics
import time

ROUNDS = 9


def pairs(path):
    with open(path) as file:
        return [tuple(line.rstrip("\n").split("\t")) for line in file]


def figure(name, count, body):
    """Medians of the rounds, after one that warms up; `body` returns what it found."""
    wall, processor, result = [], [], 0
    for number in range(ROUNDS + 1):
        start, used = time.perf_counter(), time.process_time()
        result = body()
        if number:
            wall.append(time.perf_counter() - start)
            processor.append(time.process_time() - used)
    print(json.dumps({"figure": name, "count": count, "rounds": ROUNDS, "wall": statistics.median(wall),
                      "cpu": statistics.median(processor), "result": result}))
