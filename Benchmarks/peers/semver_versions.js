// node's semver, two strings parsed and compared. Usage: semver_versions.js PAIRS
const semver = require('/usr/share/nodejs/semver')
const pairs = require('fs').readFileSync(process.argv[2], 'utf8').trimEnd().split('\n').map(line => line.split('\t'))
const rounds = 9
const median = values => values.sort((left, right) => left - right)[Math.floor(values.length / 2)]
const wall = []
const cpu = []
let result = 0
for (let round = 0; round <= rounds; round++) {
  const [start, used] = [process.hrtime.bigint(), process.cpuUsage()]
  result = 0
  for (const [left, right] of pairs) if (semver.compare(left, right) < 0) result += 1
  if (round === 0) continue
  wall.push(Number(process.hrtime.bigint() - start) / 1e9)
  const spent = process.cpuUsage(used)
  cpu.push((spent.user + spent.system) / 1e6)
}
console.log(JSON.stringify({ figure: 'node semver', count: pairs.length, rounds, wall: median(wall), cpu: median(cpu), result }))
