"""Messages in Python: tasks, topics, queues, signals, each with what proves it."""

import pytest
from python_told import told

CELERY = "from celery import Celery\napp = Celery('shop')\n"


def messages(text, **more):
    return told("code.message", {"app/a.py": text, "app/__init__.py": "", **more})


def test_messages__shared_task__receives_by_the_name_of_module_and_function():
    text = """
    from celery import shared_task

    @shared_task
    def mail(x): ...

    @shared_task(name="bills", bind=True)
    def bill(self): ...
    """
    assert messages(text) == [
        (4, "receive", "app.a.mail", "celery", "celery", 1),
        (7, "receive", "bills", "celery", "celery", 1),
    ]


def test_messages__task_of_an_application_in_another_file__receives():
    text = "from app.worker import app\n@app.task(queue='x')\ndef mail(): ...\n"
    found = messages(text, **{"app/worker.py": CELERY})
    assert found == [(2, "receive", "app.a.mail", "celery", "celery", 1)]


def test_messages__application_made_by_a_function__receives():
    made = (
        "from celery import Celery\ndef make_celery():\n  c = Celery('x')\n"
        "  return c\nqueue = make_celery()\n"
    )
    text = "from .worker import queue\n@queue.task\ndef mail(): ...\n"
    found = messages(text, **{"app/worker.py": made})
    assert found == [(2, "receive", "app.a.mail", "celery", "celery", 1)]


def test_messages__task_sent_from_another_file__by_the_name_that_receives():
    tasks = "from celery import shared_task\n@shared_task(name='m')\ndef mail(): ...\n"
    text = """
    from app import tasks
    from app.tasks import mail as send_mail

    def f():
        send_mail.delay(1)
        tasks.mail.apply_async((1,), countdown=3)
    """
    found = messages(text, **{"app/tasks.py": tasks})
    assert found == [(6, "send", "m", "celery", "celery", 2)]


def test_messages__decorator_and_application_of_the_projects_own__by_what_they_inherit():
    worker = """
    from functools import partial
    from celery import Celery
    from rq.decorators import job as rq_job
    class Job(rq_job): ...
    class App(Celery): ...
    job = partial(Job, connection=1)
    app = App("x")
    timer = partial(print)
    """
    text = """
    from app.worker import app, job, timer

    @job("mails", timeout=3)
    def mail(): ...

    @app.task
    def bill(): ...

    @timer.task
    def tick(): ...

    mail.delay(1)
    """
    assert messages(text, **{"app/worker.py": worker}) == [
        (4, "receive", "mails", "redis", "rq", 1),
        (7, "receive", "app.a.bill", "celery", "celery", 1),
        (13, "send", "mails", "redis", "rq", 1),
    ]


def test_messages__delay_of_what_is_no_task__none():
    other = "class T:\n  pass\nmail = T()\ndef plain(): ...\n"
    text = """
    from app.other import mail, plain, later
    mail.delay(1)
    plain.delay(1)
    later.delay(2)
    unknown.delay(3)
    @mail.task
    def f(): ...
    """
    assert messages(text, **{"app/other.py": other}) == []


def test_messages__task_sent_by_its_text__the_text():
    text = "from app.worker import app\napp.send_task('bills.pay', [1])\nx.send_task('no')\n"
    found = messages(text, **{"app/worker.py": CELERY})
    assert found == [(2, "send", "bills.pay", "celery", "celery", 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "from kafka import KafkaProducer\np = KafkaProducer()\np.send('orders', b'')",
            ("send", "orders", "kafka", "kafka-python"),
        ),
        (
            "from kafka import KafkaConsumer\nKafkaConsumer('orders', group_id='g')",
            ("receive", "orders", "kafka", "kafka-python"),
        ),
        (
            (
                "from confluent_kafka import Producer\nT = 'orders'\nclass P:\n"
                "  def __init__(self):\n"
                "    self.p = Producer({})\n  def f(self):\n    self.p.produce(topic=T)"
            ),
            ("send", "orders", "kafka", "confluent-kafka"),
        ),
        (
            "from confluent_kafka import Consumer\nc = Consumer({})\nc.subscribe(['orders'])",
            ("receive", "orders", "kafka", "confluent-kafka"),
        ),
        (
            (
                "from aiokafka import AIOKafkaProducer\nasync def f(p: AIOKafkaProducer, t):\n"
                "  await p.send_and_wait(t)"
            ),
            ("send", None, "kafka", "aiokafka"),
        ),
        (
            (
                "import faust\napp = faust.App('x')\n@app.agent(app.topic('orders'))\n"
                "async def f(s): ..."
            ),
            ("receive", "orders", "kafka", "faust"),
        ),
        (
            (
                "import pika\nc = pika.BlockingConnection(p).channel()\n"
                "c.basic_publish(exchange='', routing_key='orders', body=b'')"
            ),
            ("send", "orders", "rabbitmq", "pika"),
        ),
        (
            "import pika\ndef f(channel):\n  channel.basic_consume(queue='orders')",
            ("receive", "orders", "rabbitmq", "pika"),
        ),
        (
            (
                "import aio_pika\nasync def f():\n  c = await aio_pika.connect('amqp://h')\n"
                "  ch = await c.channel()\n  q = await ch.declare_queue('orders')\n"
                "  await q.consume(g)"
            ),
            ("receive", "orders", "rabbitmq", "aio-pika"),
        ),
        (
            "import redis\nr = redis.Redis()\nr.publish('orders', 'x')",
            ("send", "orders", "redis", "redis"),
        ),
        (
            "import redis\np = redis.Redis().pubsub()\np.subscribe('orders')",
            ("receive", "orders", "redis", "redis"),
        ),
        (
            "from rq import Queue\nq = Queue('mails', connection=c)\nq.enqueue(f, 1)",
            ("send", "mails", "redis", "rq"),
        ),
        (
            "from rq import Queue\nq = Queue(connection=c)\nq.enqueue(f, 1)",
            ("send", "default", "redis", "rq"),
        ),
        (
            "import dramatiq\n@dramatiq.actor\ndef mail(): ...",
            ("receive", "mail", "dramatiq", "dramatiq"),
        ),
        (
            (
                "from huey import RedisHuey\nhuey = RedisHuey()\n@huey.task(retries=2)\n"
                "def mail(): ..."
            ),
            ("receive", "mail", "huey", "huey"),
        ),
        (
            (
                "from faststream.rabbit import RabbitBroker\nbroker = RabbitBroker()\n"
                "@broker.subscriber('orders')\nasync def f(m): ..."
            ),
            ("receive", "orders", "rabbitmq", "faststream"),
        ),
        (
            (
                "from channels.layers import get_channel_layer\n"
                "get_channel_layer().group_send('room', {})"
            ),
            ("send", "room", "", "channels"),
        ),
    ],
)
def test_messages__library__direction_channel_and_broker(text, expected):
    [found] = messages(text)
    assert found[1:] == (*expected, 1)


def test_messages__same_methods_of_other_things__none():
    text = """
    import redis
    from kafka import KafkaProducer

    def f(channel, producer, cache):
        channel.basic_publish(exchange="", routing_key="no-pika-here")
        producer.send("parameter")
        cache.publish("parameter")
        redis.Redis().get("orders")
        # KafkaProducer().send("comment")
    """
    assert messages(text) == []


def test_messages__actor_sent_from_another_file__its_name():
    actors = "import dramatiq\n@dramatiq.actor(actor_name='post')\ndef mail(): ...\n"
    text = "from app.actors import mail\nmail.send(1)\n"
    found = messages(text, **{"app/actors.py": actors})
    assert found == [(2, "send", "post", "dramatiq", "dramatiq", 1)]


SIGNALS = (
    "import django.dispatch\nplaced = django.dispatch.Signal()\nclass Other: ...\n"
    "other = Other()\n"
)


def test_messages__django_signals__sent_and_received_by_name():
    text = """
    from django.db.models.signals import post_save, pre_delete
    from django.dispatch import receiver
    from app import signals
    from app.signals import placed as done

    class View:
        signal = signals.placed

        def f(self):
            self.signal.send(sender=self)
            done.send_robust(sender=View)

    @receiver([post_save, signals.placed], sender=View)
    def on_save(**kwargs): ...

    pre_delete.connect(on_save, sender=View)
    """
    assert messages(text, **{"app/signals.py": SIGNALS}) == [
        (11, "send", "placed", "in-process", "django", 2),
        (14, "receive", "placed", "in-process", "django", 1),
        (14, "receive", "post_save", "in-process", "django", 1),
        (17, "receive", "pre_delete", "in-process", "django", 1),
    ]


def test_messages__send_and_connect_of_what_is_no_signal__none():
    text = """
    import sqlite3, smtplib
    from app.signals import other
    other.send(sender=1)
    other.connect(f)
    sqlite3.connect("x.db")
    email.send()
    smtplib.SMTP().connect("host")
    """
    assert messages(text, **{"app/signals.py": SIGNALS}) == []


def test_messages__blinker__by_what_the_signal_is_called():
    text = """
    from blinker import signal

    paid = signal("order-paid")
    paid.send(self)

    @paid.connect
    def on_paid(sender): ...
    """
    assert messages(text) == [
        (5, "send", "order-paid", "in-process", "blinker", 1),
        (7, "receive", "order-paid", "in-process", "blinker", 1),
    ]
