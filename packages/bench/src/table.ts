import type { Report } from './bench.ts'
import type { Goal } from './goals.ts'
import type { Outcome } from './rounds.ts'

/** The report as Markdown: what was measured where, the cases, the growth, the deliveries, and the goals. */
export const toMarkdown = (report: Report): string =>
  [
    where(report),
    table(CASE_COLUMNS, report.cases.map(caseRow)),
    table(
      [
        'page of 20 messages',
        `p50 ms at ${count(report.messages.small)}`,
        `at ${count(report.messages.large)}`,
        'ratio',
      ],
      report.growth.map(({ depth, smallP50Ms, largeP50Ms, ratio }) => [
        ...[depth, decimal(smallP50Ms), decimal(largeP50Ms), decimal(ratio)],
      ]),
    ),
    report.deliveries ? table(deliveryColumns(report.deliveries), report.deliveries.cases.map(deliveryRow)) : '',
    table(['goal', 'wanted', 'measured', ''], report.goals.map(goalRow)),
  ]
    .filter(Boolean)
    .join('\n\n')

const where = ({ machine, rounds, seconds, messages, cases, growth }: Report): string => {
  const settings = Object.entries(machine.settings).map(([name, value]) => `${name} ${value}`)
  const postgres = `PostgreSQL ${machine.postgres} (${settings.join(', ')})`
  const place = `${machine.cpus} × ${machine.model || 'CPU'}, Node ${machine.node}, ${postgres}`
  const rows = cases.length + growth.length > 0 ? `${count(messages.large)} messages, ` : ''
  const alone = cases.every(({ figures }) => figures.pgbench) ? '' : ' pgbench is not installed there.'
  return `${place}, ${rows}${rounds} × ${seconds} s.${alone}`
}

const CASE_COLUMNS = [
  ...['case', 'requests/s', 'of pgbench', 'of bare', 'p50 ms', 'p99 ms'],
  ...['server µs', '× bare', 'database µs', 'pgbench’s'],
]

const caseRow = ({ title, figures, toPgbench, toBare, cpuToBare }: Outcome): string[] => [
  ...[title, whole(figures.understudy?.perSecond), percent(toPgbench), percent(toBare)],
  ...[decimal(figures.understudy?.p50Ms), decimal(figures.understudy?.p99Ms)],
  ...[whole(figures.understudy?.serverCpuUs), decimal(cpuToBare)],
  ...[whole(figures.understudy?.databaseCpuUs), whole(figures.pgbench?.databaseCpuUs)],
]

const deliveryColumns = ({ queue, connections }: NonNullable<Report['deliveries']>): string[] => [
  ...[`deliveries, queue on ${queue}`, 'per second', `of bare on ${connections} connections`, 'added p50 ms', 'p99 ms'],
  ...['worker µs', '× bare', 'database µs', 'Redis µs'],
]

const deliveryRow = ({ title, figures: { understudy }, toBare, cpuToBare }: Outcome): string[] => [
  ...[title, whole(understudy?.perSecond), percent(toBare), decimal(understudy?.p50Ms), decimal(understudy?.p99Ms)],
  ...[whole(understudy?.serverCpuUs), decimal(cpuToBare), whole(understudy?.databaseCpuUs)],
  whole(understudy?.redisCpuUs),
]

const goalRow = ({ goal, wanted, atMost, measured, met, missedBy }: Goal): string[] => {
  const shown = atMost ? decimal : percent
  return [
    ...[goal, `${atMost ? '≤' : '≥'} ${shown(wanted)}`, shown(measured)],
    met ? 'met' : `missed by ${percent(missedBy)}`,
  ]
}

const UNKNOWN = '-'
const whole = (value: number | undefined): string => (value === undefined ? UNKNOWN : count(Math.round(value)))
const decimal = (value: number | undefined): string =>
  value === undefined ? UNKNOWN : value.toFixed(value < 10 ? 2 : 1)
const percent = (value: number | undefined): string => (value === undefined ? UNKNOWN : `${Math.round(value * 100)} %`)
const count = (value: number): string => value.toLocaleString('en-US').replaceAll(',', ' ')

/** A table of Markdown with aligned columns; nothing for no rows. */
const table = (head: string[], rows: string[][]): string => {
  if (rows.length === 0) return ''
  const widths = head.map((_, k) => Math.max(3, ...[head, ...rows].map((row) => (row[k] ?? '').length)))
  const line = (cells: string[]): string => `| ${cells.map((cell, k) => cell.padEnd(widths[k] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
