"""Mail and SMS, written in the transaction of the change they tell of, carried after it by the worker."""
