Feature: When a run is interrupted
  Machines restart and networks break in the middle of a night's run. No lot may be lost then, none paid twice, and the
  operator has nothing to put right: the next run does the rest.

  @VR-7 @both-databases
  Rule: A run that is killed leaves each lot wholly released or wholly untouched, and the next run finishes the rest

    @cost.seconds @timeout.300
    Scenario: killed before each of its calls to the database
      When a run over 20 lots is killed before each of its calls to the database in turn
      Then after each kill every lot was released once or not at all, and the next run released the rest
      And at least 5 runs were killed in the middle of their lots
      And nothing else was changed

    @timeout.300
    Scenario: killed at random
      When 8 runs over 40 lots each are killed at random
      Then after each kill every lot was released once or not at all, and the next run released the rest
      And at least 1 run was killed in the middle of its lots
      And nothing else was changed

    @cost.minute @timeout.300
    Scenario: killed at random, fifty times
      When 50 runs over 40 lots each are killed at random
      Then after each kill every lot was released once or not at all, and the next run released the rest
      And at least 5 runs were killed in the middle of their lots
      And nothing else was changed

  @VR-7 @database.postgres
  Rule: A run that loses its database says so, and the next run finishes the rest

    Scenario Outline: the network <fails> everything in the middle of a run
      Given a server whose database is behind a network that can fail
      And 60 mature lots of 3 people
      When the network <fails> everything in the middle of a run
      Then it ends with exit code 4
      When the network is well again
      And a run releases them in the background
      Then it ends with exit code 0
      And each of the 60 lots was released once
      And nothing else was changed

      Examples:
        | fails  |
        | breaks |

      @cost.minute
      Examples: told by nobody, so that it takes a minute until the run gives up
        | fails    |
        | swallows |

    Scenario: the answer to a commit is lost, and the commit was done
      Given a server whose database is behind a network that can fail
      And 60 mature lots of 3 people
      When the network loses the answer to the next commit in the middle of a run
      Then it ends with exit code 0
      And each of the 60 lots was released once
      And nothing else was changed

    @cost.seconds
    Scenario Outline: the answers to <lost> commits in a row are lost
      Given a server whose database is behind a network that can fail
      And 60 mature lots of 3 people
      When the network loses the answers to the next <lost> commits in the middle of a run
      Then it ends with exit code <code>
      When a run releases them in the background
      Then it ends with exit code 0
      And each of the 60 lots was released once
      And nothing else was changed

      Examples: of a batch, of its first lot, and of the question what became of it
        | lost | code |
        | 2    | 0    |
        | 3    | 4    |

    @cost.seconds
    Scenario: the database is restarted at once in the middle of a run
      Given 60 mature lots of 3 people
      When the database is restarted at once in the middle of a run
      Then it ends with exit code 0
      And each of the 60 lots was released once
      And nothing else was changed

  @VR-14 @database.postgres
  Rule: A deposit whose answer was lost is made once, however often it is sent again under its key

    Scenario: the answer to the commit of a deposit is lost
      Given a server whose database is behind a network that can fail
      And Ada has 100.00 AED in the wallet
      And the network loses the answer to the next commit
      When Ada sends a deposit of 30.00 AED under the key "breakfast"
      Then Ada is refused with 503 "The database cannot be reached"
      When Ada sends a deposit of 30.00 AED under the key "breakfast"
      Then Ada is answered with the lot that is there
      And Ada has 70.00 AED available and 30.00 AED locked
      And the books balance

  @VR-6 @both-databases
  Rule: Runs that begin at the same moment release each lot once, and all of them end

    @cost.seconds
    Scenario: ten runs over four hundred lots
      Given 400 mature lots of 5 people
      When 10 runs begin at once
      Then each of the 400 lots was released once
      And 10 runs end with exit code 0
      And no run met a deadlock
      And nothing else was changed

  @VR-6 @database.postgres
  Rule: A run does not wait for lots that another one has in its hands

    Scenario: another run comes in the middle of a run
      Given 60 mature lots of 60 people
      When another run comes in the middle of a run
      Then each of the 60 lots was released once
      And no run waited for another
      And 2 runs end with exit code 0
      And nothing else was changed
