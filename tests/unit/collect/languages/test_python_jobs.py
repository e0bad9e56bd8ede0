"""Work that a clock starts in Python."""

import pytest
from python_told import told


def jobs(text, **more):
    return told("code.job", {"app/a.py": text, **more})


def test_jobs__beat_of_celery__schedules_as_written():
    text = """
    from celery.schedules import crontab
    from datetime import timedelta

    CELERY_BEAT_SCHEDULE = {
        "a": {"task": "shop.tasks.close", "schedule": crontab(hour=3, minute=0)},
        "b": {"schedule": 30.0, "task": "shop.tasks.tick", "args": (1,)},
        "c": {"task": "shop.tasks.week", "schedule": timedelta(days=7)},
        "d": {"task": "no schedule"},
    }
    """
    assert jobs(text) == [
        (6, "crontab(hour=3, minute=0)", "shop.tasks.close", "celery", 1),
        (7, "30.0", "shop.tasks.tick", "celery", 1),
        (8, "timedelta(days=7)", "shop.tasks.week", "celery", 1),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "app.conf.beat_schedule = {'a': {'task': 't', 'schedule': 5}}",
        "app.conf.update(beat_schedule={'a': {'task': 't', 'schedule': 5}})",
        "CELERY = {'beat_schedule': {'a': {'task': 't', 'schedule': 5}}}",
        "from .base import *\nCELERY_BEAT_SCHEDULE['a'] = {'task': 't', 'schedule': 5}",
        "class Config:\n  CELERYBEAT_SCHEDULE = {'a': dict(task='t', schedule=5)}",
    ],
)
def test_jobs__beat_of_celery_elsewhere__found(text):
    [found] = jobs(text)
    assert found[1:] == ("5", "t", "celery", 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "from celery import Celery\n@app.on_after_configure.connect\n"
                "def f(sender, **kw):\n"
                "  sender.add_periodic_task(10.0, test.s('x'), name='n')"
            ),
            ("10.0", "test", "celery"),
        ),
        (
            (
                "from apscheduler.schedulers.background import BackgroundScheduler\n"
                "s = BackgroundScheduler()\ns.add_job(tick, 'interval', minutes=5, id='x')"
            ),
            ("interval(minutes=5)", "tick", "apscheduler"),
        ),
        (
            (
                "from apscheduler.schedulers.blocking import BlockingScheduler\n"
                "s = BlockingScheduler()\n@s.scheduled_job('cron', hour=3)\ndef tick(): ..."
            ),
            ("cron(hour=3)", "tick", "apscheduler"),
        ),
        (
            (
                "from apscheduler.triggers.cron import CronTrigger\ndef f(scheduler):\n"
                "  scheduler.add_job(tick, CronTrigger.from_crontab('0 3 * * *'))"
            ),
            ("0 3 * * *", "tick", "apscheduler"),
        ),
        (
            "import schedule\nschedule.every(10).minutes.do(tick)",
            ("every(10).minutes", "tick", "schedule"),
        ),
        (
            "CRONJOBS = [('*/5 * * * *', 'app.cron.tick'), ('x', 'no')]",
            ("*/5 * * * *", "app.cron.tick", "django-crontab"),
        ),
        (
            (
                "from huey import crontab, RedisHuey\nhuey = RedisHuey()\n"
                "@huey.periodic_task(crontab(minute='0'))\ndef tick(): ..."
            ),
            ("crontab(minute='0')", "tick", "huey"),
        ),
        (
            "from rq_scheduler import Scheduler\ns = Scheduler()\ns.cron('0 0 * * *', func=tick)",
            ("0 0 * * *", "tick", "rq-scheduler"),
        ),
        (
            "from arq import cron\nclass W:\n  cron_jobs = [cron(tick, hour={3})]",
            ("(hour={3})", "tick", "arq"),
        ),
        (
            (
                "import dramatiq\nfrom periodiq import cron\n"
                "@dramatiq.actor(periodic=cron('0 * * * *'))\ndef tick(): ..."
            ),
            ("0 * * * *", "tick", "dramatiq"),
        ),
    ],
)
def test_jobs__library__schedule_and_handler(text, expected):
    [found] = jobs(text)
    assert found[1:] == (*expected, 1)


def test_jobs__look_alikes__none():
    text = '''
    """CELERY_BEAT_SCHEDULE = {"a": {"task": "t", "schedule": 5}}"""
    from app.queue import queue
    # CRONJOBS = [("*/5 * * * *", "app.cron.tick")]
    beat_schedule = {"drums": {"tempo": 5}}
    queue.add_job(tick, "interval", minutes=5)
    every(10).minutes.do(tick)
    '''
    assert jobs(text) == []
