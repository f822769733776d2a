import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '../../../dev/process/free-port.ts';
import { startParentWatch } from '../../../dev/process/parent-watch.ts';
import { logText, Program } from '../../../dev/process/program.ts';
import { builtFolder } from '../../../dev/stack/recipes.ts';
import { eventually } from '../../support/eventually.ts';

const POM = fileURLToPath(new URL('./kafka/pom.xml', import.meta.url));
const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';
const OLDEST_JAVA = 17;
const READY_MS = 120_000;
const run = promisify(execFile);

/** A single Apache Kafka broker. */
export interface Kafka {
  /** Value of `MONEYTRAIL_KAFKA_BROKERS`. */
  readonly brokers: string;
  readonly close: () => Promise<void>;
}

/** Why a broker cannot run here; undefined when it can. */
export function kafkaIsMissing(): string | undefined {
  const { stderr, error } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const version = Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0);
  if (error !== undefined || version < OLDEST_JAVA) return `it takes Java ${OLDEST_JAVA}`;
  if (existsSync(jarFolder())) return undefined;
  return spawnSync('mvn', ['-v']).error === undefined ? undefined : 'it takes Maven';
}

/** Fetches the broker from Maven Central once, and starts it on free ports with a temporary data folder. */
export async function startKafka(partitions: number): Promise<Kafka> {
  const jars = await fetchJars();
  const dataDir = mkdtempSync(join(tmpdir(), 'moneytrail-kafka-'));
  const [port, controller] = [await freePort(), await freePort()];
  const properties = join(dataDir, 'server.properties');
  writeFileSync(properties, propertiesOf(dataDir, port, controller, partitions));
  const java = (...args: string[]): string[] => ['-Xmx512m', '-cp', join(jars, '*'), ...args];
  const format = ['format', '-t', 'MkU3OEVBNTcwNTJENDM2Qk', '-c', properties];
  await run('java', java('kafka.tools.StorageTool', ...format));
  const logFile = join(dataDir, 'kafka.log');
  const watch = startParentWatch();
  const broker = new Program({
    command: 'java',
    args: java('kafka.Kafka', properties),
    env: { ...process.env, ...watch.env },
    cwd: dataDir,
    logFile,
    failure: (how) => new Error(`Kafka ${how}`),
  });
  const close = async (): Promise<void> => {
    await broker.stop();
    watch.end();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const ready = await eventually(
    () => broker.hasEnded() || takesConnections(port),
    Boolean,
    READY_MS,
  );
  if (ready && !broker.hasEnded()) return { brokers: `[127.0.0.1:${port}]`, close };
  const log = logText(logFile);
  await close();
  throw new Error(`Kafka did not start: ${log.slice(-2_000)}`);
}

function jarFolder(): string {
  const version = /<version>(.+?)<\/version>/.exec(readFileSync(POM, 'utf8'))?.[1];
  return join(dirname(builtFolder('collector')), `kafka-${version}`);
}

async function fetchJars(): Promise<string> {
  const folder = jarFolder();
  if (existsSync(folder)) return folder;
  // Under a temporary name until it is complete.
  const half = `${folder}.${process.pid}`;
  const goal = [`${PLUGIN}:copy-dependencies`, '-DincludeScope=runtime'];
  await run('mvn', ['-q', '-B', '-f', POM, ...goal, `-DoutputDirectory=${half}`]);
  renameSync(half, folder);
  return folder;
}

function propertiesOf(
  dataDir: string,
  port: number,
  controller: number,
  partitions: number,
): string {
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controller}`,
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names=CONTROLLER',
    `log.dirs=${join(dataDir, 'data')}`,
    `num.partitions=${partitions}`,
    'offsets.topic.replication.factor=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'group.initial.rebalance.delay.ms=0',
  ].join('\n');
}

async function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
