package shop.catalog;

import shop.util.Ids;

public class CatalogIds {
    long next() {
        return Ids.next() + Ids.next() + Ids.next();
    }
}
