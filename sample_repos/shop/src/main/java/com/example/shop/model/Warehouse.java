package com.example.shop.model;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A place where stock lies. */
@Entity
@Table(name = "warehouse")
public class Warehouse extends BaseEntity {

    private String name;

    private String city;

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getCity() {
        return city;
    }

    public void setCity(String city) {
        this.city = city;
    }
}
