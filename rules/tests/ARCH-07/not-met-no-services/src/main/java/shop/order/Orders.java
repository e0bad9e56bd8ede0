package shop.order;

import shop.stock.Shelf;

public class Orders {
    // expect: not-met
    Shelf shelf;
}
