"""Kits of many parts."""

from django.db import models

from shop.customers.models import Customer


class Part(models.Model):
    name = models.TextField()


class Kit(models.Model):
    owner = models.ForeignKey(Customer, on_delete=models.CASCADE)
    part_0 = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="kit_0")
    part_1 = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="kit_1")
    part_2 = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="kit_2")
    part_3 = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="kit_3")
    part_4 = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="kit_4")
    part_5 = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="kit_5")
    part_6 = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="kit_6")
    part_7 = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="kit_7")
    part_8 = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="kit_8")
    part_9 = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="kit_9")
    part_10 = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="kit_10")
    part_11 = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="kit_11")
    part_12 = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="kit_12")
    part_13 = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="kit_13")
    part_14 = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="kit_14")
    part_15 = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="kit_15")
    part_16 = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="kit_16")
    part_17 = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="kit_17")
    part_18 = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="kit_18")
