from django.test import TestCase  # expect: met


class OrdersTest(TestCase):
    def test_lists(self):
        self.assertEqual(200, self.client.get("/orders").status_code)
