import type { Contest } from '../contest.ts'
import { cpuOfMyself, cpuOfPostgres, cpuOfProcess } from '../cpu.ts'
import { type Place, startApi, startWorker } from '../server.ts'
import { HANGING } from '../sink/protocol.ts'
import type { Stage } from '../stage.ts'
import { makeBot } from './bots.ts'
import { besideTurn, RATE, steadyTurn } from './latency.ts'
import { startRedis } from './redis.ts'
import { type Scene, settledOn } from './scene.ts'
import { dueTurn, sparseTurn } from './scheduled.ts'
import { startSink } from './sink.ts'
import { bareTurn, sayAtOnce, workerTurn } from './throughput.ts'

/** Under what circumstances deliveries are measured. */
export type DeliveryMeans = {
  queue: 'Redis' | 'PostgreSQL'
  /** of the worker to the bots, and so of the bare client too */
  connections: number
}

const BOTS = 20
const CONVERSATIONS = 5
/** Of a bot that is looked at alone. */
const BUSY_CONVERSATIONS = 50
const FIRST = 200

/** Starts an api, one worker and those who are delivered to, on the stage, and delivers a first lot. */
export const openDeliveries = async (
  stage: Stage,
  place: Omit<Place, 'databaseUrl'>,
): Promise<{ contests: Contest[]; means: DeliveryMeans }> => {
  const here = { ...place, databaseUrl: stage.databaseUrl }
  const [sink, redis] = await Promise.all([startSink(place.closing), startRedis(place.closing)])
  const [api, worker] = await Promise.all([startApi(here), startWorker(here, redis?.url)])
  const scene: Scene = { stage, api, sink, settled: settledOn(stage) }
  const [lively, hanging, ...bots] = await Promise.all([
    makeBot(stage, `${sink.url}/lively`, BUSY_CONVERSATIONS),
    makeBot(stage, `${sink.url}${HANGING}`, BUSY_CONVERSATIONS),
    ...Array.from({ length: BOTS }, () => makeBot(stage, `${sink.url}/many`, CONVERSATIONS)),
  ])

  await sink.ask({ ask: 'begin', keep: true })
  await sayAtOnce(scene, bots, FIRST)
  const first = await sink.ask({ ask: 'tell', answered: FIRST, hanging: 0 })
  await scene.settled()

  const database = await cpuOfPostgres(stage.databaseUrl)
  const [ours, theirs] = [cpuOfProcess(worker), cpuOfMyself]
  const clocks = { server: ours, database, redis: redis && cpuOfProcess(redis.pid) }
  const contests = [
    {
      id: 'deliveries',
      title: `to ${BOTS} bots in ${BOTS * CONVERSATIONS} conversations`,
      turns: {
        understudy: workerTurn(scene, bots, clocks),
        bare: bareTurn(scene, first, { server: theirs, database }, place.closing),
      },
    },
    {
      id: 'deliveries-steady',
      title: `${RATE} a second to one bot`,
      turns: { understudy: steadyTurn(scene, lively) },
    },
    {
      id: 'deliveries-beside',
      title: 'the same, while another bot hangs',
      turns: { understudy: besideTurn(scene, lively, hanging) },
    },
    {
      id: 'deliveries-due-begun',
      title: 'due in one second, ten times as many later: begun',
      turns: { understudy: dueTurn(scene, bots, 'begun') },
    },
    {
      id: 'deliveries-due',
      title: 'the same: delivered',
      turns: { understudy: dueTurn(scene, bots, 'heard') },
    },
    {
      id: 'deliveries-sparse',
      title: 'due one by one, 20 a second',
      turns: { understudy: sparseTurn(scene, bots) },
    },
  ]
  return { contests, means: { queue: redis ? 'Redis' : 'PostgreSQL', connections: first.connections } }
}
