package shop.order;

import shop.stock.StockService;

public class Orders {
    private final StockService stock = new StockService();

    long pieces() {
        return stock.pieces();
    }
}
