package shop

default allow = false
