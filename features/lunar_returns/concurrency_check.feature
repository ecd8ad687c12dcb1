Feature: Checking any server for one generation
  An operator who suspects a server runs one command. It asks for one user's return many times at once, twice, prints
  each step, and ends with a verdict that a script can read.

  @LR-11
  Rule: One command runs the two batches against any server and ends with a verdict

    Scenario: a server that keeps the promise
      Given Ada has a natal chart
      When the concurrency check is run for Ada with 20 requests at once
      Then it ends with exit code 0
      And it says "SUCCESS"
      And it says "the server's log should have one lunar_returns.generation_started for it, and the others skipped"
      And 1 generation ran for Ada
      And nothing else was changed

    Scenario: each step is printed
      Given Ada has a natal chart
      When the concurrency check is run for Ada with 20 requests at once
      Then it says "===== Concurrency check of"
      And it says "requests at once: 20 delay: the server's ====="
      And it says "2. Purge: 0 deleted, 0 left"
      And it says "3. First batch, nothing there yet: 20 requests at once"
      And it says "4. Second batch, all there: 20 requests at once"
      And 1 generation ran for Ada

    Scenario: an account in place of the bypass, without a purge
      Given a server whose environment is "production"
      And Ada has a natal chart
      When the concurrency check is run for Ada's account with 20 requests at once
      Then it ends with exit code 0
      And it says "SUCCESS"
      And 1 generation ran for Ada
      And nothing else was changed

    Scenario Outline: a server that <fault>
      Given somebody's server that <fault>
      When the concurrency check is run for Ada with 5 requests at once
      Then it ends with exit code 1
      And it says "<words>"
      And it says "FAILURE"
      And nothing else was changed

      Examples:
        | fault                                 | words                            |
        | gives each request another return     | different ids                    |
        | forgets the return date               | request 0: return_date is null   |
        | answers with an empty body            | request 0: no return in the body |
        | gives two returns in the second batch | different ids: [1, 2]            |

      @cost.seconds
      Examples: more
        | fault                                       | words                          |
        | gives the second batch another return       | ids [1, 2]                     |
        | answers every third request with a 500      | : status 500                   |
        | forgets the return date in the second batch | request 4: return_date is null |
        | refuses the token in the second batch       | request 4: status 401          |

    Scenario: there is no server
      Given somebody's server that is not there
      When the concurrency check is run for Ada with 5 requests at once
      Then it ends with exit code 4
      And it says "cannot be reached: [Errno 111] Connection refused"
      And nothing else was changed

    Scenario: a server that allows no purge
      Given the switch ALLOW_DEV_PURGE is not set
      And Ada has a natal chart
      When the concurrency check is run for Ada with 5 requests at once
      Then it ends with exit code 1
      And it says "--no-purge leaves it out"
      And 0 calculations ran for Ada
      And nothing else was changed
