package com.example.shop.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MoneyTest {

    @Test
    void plus_addsCents() {
        assertEquals(350, new Money(100).plus(new Money(250)).getCents());
    }

    @Test
    void toString_showsTwoDecimals() {
        assertEquals("3.05", new Money(305).toString());
    }
}
