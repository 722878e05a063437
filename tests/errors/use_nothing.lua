use()
