print('import signal, server.shutdown=graceful')
