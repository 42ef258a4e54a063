"""What a schedule costs: hours priced by contract, currency and premium, seats, and replacing who leaves."""
