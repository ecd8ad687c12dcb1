Feature: When the database goes away
  Networks break and databases restart, in the middle of things. Requests get a clear answer meanwhile, and nobody has to
  restart anything when the database is back.

  @SV-5 @database.postgres @target.process
  Rule: The server refuses clearly meanwhile, is well again within 5 seconds, and leaves no lock behind

    Scenario Outline: the network to the database <fault> everything
      Given a server whose database is behind a network that can fail
      And Ada has a natal chart
      And Ada asks for the current return 20 times at once
      And the network <fault> everything
      When Ada asks for the current return 20 times at once
      Then all 20 requests are refused with 503 "The database cannot be reached"
      When the network is well again
      Then Ada is answered again in less than 5 seconds
      And Ada is answered with the same return as before
      And no lock is left in the database
      And nothing else was changed

      Examples: told at once
        | fault    |
        | breaks   |

      @cost.minute
      Examples: told by nobody
        | fault    |
        | swallows |

    Scenario Outline: the network <fault> everything in the middle of a generation
      Given a server whose database is behind a network that can fail
      And Ada has a natal chart
      And each generation takes 1500 ms longer
      And a request of Ada generates
      When the network <fault> everything for a moment
      Then Ada is answered again in less than 5 seconds
      And Ada has returns for 12 consecutive months
      And no lock is left in the database

      Examples:
        | fault    |
        | swallows |
        | breaks   |

    Scenario: the database is restarted at once in the middle of a generation
      Given Ada has a natal chart
      And each generation takes 1500 ms longer
      And a request of Ada generates
      When the database is restarted at once
      Then Ada is answered again in less than 5 seconds
      And Ada has returns for 12 consecutive months
      And no lock is left in the database
      And nothing else was changed
