"""Pure: facts meet rules; outcomes, ladders, roll-up."""
