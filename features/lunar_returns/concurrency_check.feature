Feature: Checking any server for one generation
  An operator who suspects a server runs one command. It asks for one user's return many times at once, twice, says each
  step, and ends with a verdict that a script can read.

  @LR-11
  Rule: One command runs the two batches against any server and ends with a verdict

    Scenario: a server that keeps the promise
      Given Ada has a natal chart
      When the concurrency check is run for Ada with 20 requests at once
      Then it ends with exit code 0 and says "SUCCESS"
      And 1 generation ran for Ada

    Scenario: an account in place of the bypass, without a purge
      Given a server whose environment is "production"
      And Ada has a natal chart
      When the concurrency check is run for Ada's account with 20 requests at once
      Then it ends with exit code 0 and says "SUCCESS"
      And 1 generation ran for Ada

    Scenario Outline: a server that <fault>
      Given somebody's server that <fault>
      When the concurrency check is run for Ada with 5 requests at once
      Then it ends with exit code 1 and says "<words>"
      And it says "FAILURE"

      Examples:
        | fault                                  | words                            |
        | gives each request another return      | different ids                    |
        | gives the second batch another return  | ids [1, 2]                       |
        | forgets the return date                | request 0: return_date is null   |
        | answers every third request with a 500 | : status 500                     |
        | answers with an empty body             | request 0: no return in the body |

    Scenario: there is no server
      Given somebody's server that is not there
      When the concurrency check is run for Ada with 5 requests at once
      Then it ends with exit code 4 and says "cannot be reached"

    Scenario: a server that allows no purge
      Given purging is switched off
      And Ada has a natal chart
      When the concurrency check is run for Ada with 5 requests at once
      Then it ends with exit code 1 and says "--no-purge leaves it out"
      And 0 calculations were tried

    Scenario: nobody is named
      When the concurrency check is run for nobody with 1 requests at once
      Then it ends with exit code 64 and says "Say which user"
