package shop.common;

import jakarta.persistence.MappedSuperclass;

@MappedSuperclass
public class Stored {
    long id;
}
