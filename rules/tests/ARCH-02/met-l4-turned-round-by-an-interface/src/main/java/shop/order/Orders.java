package shop.order;

import jakarta.inject.Inject;

public class Orders {
    @Inject StockPort stock;

    long take() {
        return stock.pieces();
    }
}
