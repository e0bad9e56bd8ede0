package shop.order;

import shop.stock.Shelf;

public class Orders {
    Shelf shelf;  // expect: not-met
}
