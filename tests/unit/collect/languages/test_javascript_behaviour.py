"""What scripts call, send, schedule, span in transactions and ask for, with decoys for each."""

from unit.collect.languages.script_rows import (
    artefacts,
    asked,
    jobs,
    messages,
    remotes,
    transactions,
)

HTTP = """
import axios from 'axios'
import got from 'got'
import * as https from 'node:https'
import request from 'superagent'
import { request as ask } from 'undici'
const BASE = 'http://orders'
const api = axios.create({ baseURL: 'http://stock:8080/v1/' })
export async function go(id: string, options, router) {
  await fetch(`${BASE}/orders/${id}`)
  await fetch('/login', { method: 'post', body: '{}' })
  await fetch(options.url, options)
  await api.get(`/items/${id}`)
  await axios({ url: '/a', method: 'PUT' })
  await axios.post('http://me:pw@host/x?token=abc')
  await got('http://got/', { json: {} })
  await got.delete(BASE + '/gone')
  https.get({ hostname: 'mail', path: '/q', port: 25 })
  request.patch(new URL('/p', 'http://url/').toString())
  await ask('http://undici', { method: 'POST' })
  router.get('/decoy', () => {})
  const text = 'axios.get("http://decoy")' // fetch('http://comment')
  new Map().get('/decoy')
}
function shadow(fetch) { fetch('/decoy') }
"""


def test_remote__calls_of_http_clients__have_method_and_address() -> None:
    assert remotes({"a.ts": HTTP}) == [
        "http ANY None fetch",
        "http DELETE http://orders/gone got",
        "http GET http://got/ got",
        "http GET http://orders/orders/{} fetch",
        "http GET http://stock:8080/v1/items/{} axios",
        "http GET mail:25/q http",
        "http PATCH http://url/p superagent",
        "http POST /login fetch",
        "http POST http://***@host/x?token=*** axios",
        "http POST http://undici undici",
        "http PUT /a axios",
    ]


def test_remote__clients_of_other_files__are_known_by_their_exports() -> None:
    files = {
        "src/api.ts": "import axios from 'axios'\nexport const api = axios.create({})",
        "src/http.js": "const axios = require('axios')\nmodule.exports = axios.create()",
        "src/index.ts": "export * from './api'",
        "src/store.ts": "export const api = { get(path: string) {} }",
        "a.ts": "import { api } from './src'\napi.get('/orders')",
        "b.js": "const http = require('./src/http')\nhttp.post('/x')",
        "decoy.ts": "import { api } from './src/store'\napi.get('/decoy')",
    }
    assert remotes(files) == ["http GET /orders axios", "http POST /x axios"]


def test_remote__of_frameworks__is_known_by_the_type_that_is_injected() -> None:
    nest = """
import { HttpService } from '@nestjs/axios'
import { ClientGrpc } from '@nestjs/microservices'
import { HttpClient } from '@angular/common/http'
class A {
  private readonly url = 'http://pay'
  constructor(private http: HttpService, private grpc: ClientGrpc, private web: HttpClient) {}
  go(id: string) {
    this.http.get(`${this.url}/bills/${id}`)
    this.grpc.getService<Orders>('Orders')
    this.web.request('PUT', '/api/x')
    this.other.get('/decoy')
  }
}
"""
    assert remotes({"a.ts": nest}) == [
        "grpc ANY Orders nest",
        "http GET http://pay/bills/{} nest",
        "http PUT /api/x angular",
    ]


def test_remote__graphql_soap_and_sockets__have_protocols_of_their_own() -> None:
    text = """
import { gql, useQuery, ApolloClient } from '@apollo/client'
import { request } from 'graphql-request'
import soap from 'soap'
import { io } from 'socket.io-client'
const ORDERS = gql`query Orders { orders { id } }`
const client = new ApolloClient({ uri: 'http://graph' })
useQuery(ORDERS)
client.mutate({ mutation: ORDERS })
request('http://other/graphql', `mutation Add { add }`)
soap.createClient('http://soap?wsdl')
io('http://live')
"""
    assert remotes({"a.ts": text}) == [
        "graphql Add http://other/graphql graphql-request",
        "graphql Orders None apollo",
        "graphql Orders http://graph apollo",
        "soap ANY http://soap?wsdl soap",
        "websocket ANY http://live socket.io",
    ]


def test_message__kafka_and_rabbitmq__have_topics_and_queues() -> None:
    text = """
import { Kafka } from 'kafkajs'
import amqp from 'amqplib'
import { TOPICS } from './topics'
const kafka = new Kafka({})
const producer = kafka.producer(), consumer = kafka.consumer({})
export async function go(name: string, channel) {
  await producer.send({ topic: TOPICS.ORDERS, messages: [] })
  await producer.sendBatch({ topicMessages: [{ topic: 'a' }, { topic: 'b' }] })
  await consumer.subscribe({ topics: ['a', `shop.${name}`] })
  const connection = await amqp.connect('amqp://x')
  const made = await connection.createChannel()
  made.publish('', 'mail')
  made.publish('shop', 'order.new')
  channel.sendToQueue('jobs', 1)
  made.consume('jobs', () => {})
  res.send({ topic: 'decoy' })
}
"""
    topics = "export enum TOPICS { ORDERS = 'shop.orders', SECRET_TOKEN = 'hidden' }"
    files = {"a.ts": text, "topics.ts": topics}
    assert messages(files) == [
        "receive a kafka kafkajs",
        "receive jobs rabbitmq amqplib",
        "receive shop.{} kafka kafkajs",
        "send a kafka kafkajs",
        "send b kafka kafkajs",
        "send jobs rabbitmq amqplib",
        "send mail rabbitmq amqplib",
        "send shop rabbitmq amqplib",
        "send shop.orders kafka kafkajs",
    ]
    assert "hidden" not in repr(artefacts(files))


def test_message__of_nest__are_patterns_queues_and_events() -> None:
    text = """
import { MessagePattern, EventPattern, ClientProxy, ClientKafka } from '@nestjs/microservices'
import { OnEvent, EventEmitter2 } from '@nestjs/event-emitter'
import { Processor, InjectQueue } from '@nestjs/bull'
import { EventBus, EventsHandler } from '@nestjs/cqrs'
import { Queue } from 'bull'
@Processor('mail')
@EventsHandler(OrderPlaced)
export class A {
  constructor(private proxy: ClientProxy, private kafka: ClientKafka, private bus: EventBus,
    private events: EventEmitter2, @InjectQueue('mail') private queue: Queue) {}
  @MessagePattern({ cmd: 'sum' }) sum() {}
  @EventPattern('order.placed') placed() {}
  @OnEvent('order.*') on() {}
  go() {
    this.proxy.send({ cmd: 'sum' }, 1)
    this.kafka.emit('orders', {})
    this.events.emit('order.new', {})
    this.queue.add('welcome', {}, { repeat: { cron: '0 1 * * *' } })
    this.bus.publish(new OrderPlaced(1))
    this.other.emit('decoy')
  }
}
"""
    assert messages({"a.ts": text}) == [
        "receive OrderPlaced in-process nest-cqrs",
        "receive mail redis bull",
        "receive order.* in-process eventemitter2",
        "receive order.placed  nest",
        'receive {"cmd":"sum"}  nest',
        "send OrderPlaced in-process nest-cqrs",
        "send mail redis bull",
        "send order.new in-process eventemitter2",
        "send orders kafka nest",
        'send {"cmd":"sum"}  nest',
    ]
    assert jobs({"a.ts": text}) == ["0 1 * * * welcome bull"]


def test_message__plain_emitters_and_names_alone__are_none() -> None:
    text = """
import { EventEmitter } from 'events'
const bus = new EventEmitter()
bus.emit('x'); bus.on('x', () => {}); producer.send({ topic: 'x' }); queue.add('x')
"""
    assert messages({"a.ts": text}) == []


def test_message__redis_nats_sqs_and_bullmq__have_channels() -> None:
    text = """
import { createClient } from 'redis'
import Redis from 'ioredis'
import { connect } from 'nats'
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs'
import { Queue, Worker } from 'bullmq'
const client = createClient(), other = new Redis(), queue = new Queue('pdf')
client.publish('news', '1'); other.subscribe('news'); client.get('decoy')
new SQSClient({}).send(new SendMessageCommand({ QueueUrl: 'https://sqs/1/jobs' }))
queue.add('x', {}); new Worker('pdf', async () => {})
const nats = await connect({}); nats.publish('a.b')
"""
    assert messages({"a.ts": text}) == [
        "receive news redis ioredis",
        "receive pdf redis bullmq",
        "send a.b nats nats",
        "send https://sqs/1/jobs sqs aws-sdk",
        "send news redis redis",
        "send pdf redis bullmq",
    ]


def test_job__schedules_of_all_libraries__name_their_handler() -> None:
    files = {
        "a.js": """const cron = require('node-cron')
const { CronJob } = require('cron')
const schedule = require('node-schedule')
const Agenda = require('agenda')
const agenda = new Agenda()
function clean() {}
exports.start = function start() {
  cron.schedule('0 * * * *', clean)
  new CronJob('*/5 * * * *', () => {})
  new CronJob({ cronTime: '1 1 * * *', onTick: clean })
  schedule.scheduleJob('daily', '0 5 * * *', clean)
  agenda.every('3 minutes', 'sync')
  setInterval(clean, 1000); decoy.schedule('* * * * *', clean)
}""",
        "b.ts": """import { Cron, CronExpression, Interval } from '@nestjs/schedule'
export class Tasks {
  @Cron(CronExpression.EVERY_HOUR) hourly() {}
  @Interval('beat', 5000) beat() {}
  @Timeout(100) once() {}
}""",
    }
    assert jobs(files) == [
        "*/5 * * * * start cron",
        "0 * * * * clean node-cron",
        "0 5 * * * clean node-schedule",
        "1 1 * * * clean cron",
        "3 minutes sync agenda",
        "5000 Tasks.beat nest",
        "CronExpression.EVERY_HOUR Tasks.hourly nest",
    ]


def test_transaction__begun_or_declared__names_what_it_spans() -> None:
    files = {
        "db.ts": "import { Sequelize } from 'sequelize'\nexport const sequelize = new Sequelize()",
        "a.ts": """import { DataSource } from 'typeorm'
import { Transactional } from 'typeorm-transactional'
import mongoose from 'mongoose'
import { sequelize } from './db'
export class A {
  constructor(private source: DataSource) {}
  async one() { await this.source.transaction(async () => {}) }
  async two() { const runner = this.source.createQueryRunner(); await runner.startTransaction() }
  @Transactional() async three() {}
  async four() { const s = await mongoose.startSession(); await s.withTransaction(async () => {}) }
  async five() { await sequelize.transaction(async () => {}) }
  async six(prisma) { await prisma.$transaction([]) }
  async seven(client) { await client.query('BEGIN'); await client.query('COMMIT') }
  async decoy() { await this.bank.transaction(1) }
}""",
    }
    assert transactions(files) == [
        "A.five sequelize",
        "A.four mongoose",
        "A.one typeorm",
        "A.seven sql",
        "A.six prisma",
        "A.three typeorm-transactional",
        "A.two typeorm",
    ]


def test_setting__of_the_environment__has_a_default_where_the_code_has_one() -> None:
    text = """
const { HOST, PORT: port = 80 } = process.env
const a = process.env.A || 'x', b = process.env['B'] ?? undefined
const c = parseInt(process.env.C, 10) || 1
const d = process.env.D ? Number(process.env.D) : 5, e = process.env.E === 'true'
process.env.SET = '1'; delete process.env.GONE
const f = import.meta.env.VITE_F, mode = import.meta.env.MODE
const g = process.env[name], h = other.process.env.H // process.env.COMMENT
const i = 'process.env.TEXT', j = process.env.J as string || null
"""
    assert asked({"a.ts": text}) == [
        "A environment True",
        "B environment False",
        "C environment True",
        "D environment True",
        "E environment False",
        "HOST environment False",
        "J environment False",
        "PORT environment True",
        "VITE_F environment False",
    ]


def test_setting__of_libraries__is_known_by_the_import() -> None:
    files = {
        "a.ts": """import { ConfigService } from '@nestjs/config'
class A { constructor(private readonly configService: ConfigService, private other: Map) {}
  go() {
    this.configService.get('db.host')
    this.configService.get<number>('db.port', 5432)
    this.configService.getOrThrow('db.name', { infer: true })
    this.other.get('decoy')
  } }""",
        "b.js": """const nconf = require('nconf')
const config = require('config')
nconf.get('redis:host'); config.get('mail.from') || 'me'; app.get('decoy')""",
        "c.ts": """import { cleanEnv, port, str } from 'envalid'
cleanEnv(process.env, { PORT: port({ default: 3000 }), KEY: str() })""",
    }
    assert asked(files) == [
        "KEY environment False",
        "PORT environment True",
        "db.host properties False",
        "db.name properties False",
        "db.port properties True",
        "mail.from properties True",
        "redis:host properties False",
    ]


def test_constants__of_aliased_packages_and_static_fields__are_put_in() -> None:
    files = {
        "libs/common/src/lib/config.ts": "export const MAIL_QUEUE =\n  'mail'",
        "a.ts": """import { Processor } from '@nestjs/bull'
import { Cron } from '@nestjs/schedule'
import { MAIL_QUEUE, OTHER_QUEUE } from '@shop/common/config'
@Processor(MAIL_QUEUE) export class Mails {
  private static readonly WHEN = `${new Date().getMinutes()} * * * *`
  @Cron(Mails.WHEN) run() {}
}
@Processor(OTHER_QUEUE) export class Others {}""",
    }
    assert messages(files) == [
        "receive ${config.OTHER_QUEUE} redis bull",
        "receive mail redis bull",
    ]
    assert jobs(files) == ["{} * * * * Mails.run nest"]


def test_remote__typed_calls_and_addresses_that_functions_build__are_read() -> None:
    text = """
import axios from 'axios'
function build(id?: string) { let url = '/tags'; if (id) { url += `/${id}` } return url }
const plain = (id: string) => `/users/${id}`
const either = (x: boolean) => { if (x) { return '/a' } return '/b' }
export async function go(id: string) {
  const { data } = await axios.get<{ value: Tag[] }>(build(id), {})
  await axios.delete<void>(plain(id))
  await axios.put(either(true))
  let other = '/x'
  other = '/y'
  await axios.post(other)
}
"""
    assert remotes({"a.ts": text}) == [
        "http DELETE /users/{} axios",
        "http GET /tags{} axios",
        "http POST None axios",
        "http PUT None axios",
    ]
