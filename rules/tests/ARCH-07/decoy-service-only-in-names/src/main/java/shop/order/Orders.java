package shop.order;

import shop.stock.ServiceLevel;

public class Orders {
    ServiceLevel level;
}
