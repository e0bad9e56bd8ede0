package shop.service;

import shop.dao.OrderDao;

public class OrderService {
    private final OrderDao dao = new OrderDao();
}
