import signal


def test_signal():
    assert signal.SIGTERM
