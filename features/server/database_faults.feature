Feature: When the database goes away
  Networks break and databases restart, in the middle of things. Requests get a clear answer meanwhile, and the server
  recovers without a restart when the database is back.

  @SV-5 @database.postgres @target.process
  Rule: The server refuses with a clear error, recovers within 5 seconds, and leaves no lock behind

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
      And the server is well
      And no lock is left in the database
      And nothing else was changed

      Examples: told at once
        | fault  |
        | breaks |

      @cost.minute
      Examples: told by nobody
        | fault    |
        | swallows |

    @cost.seconds
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

    @cost.seconds
    Scenario: the network swallows what the only connection has asked
      Given a server whose database is behind a network that can fail
      And the switch DATABASE_THREADS is set to "1"
      And the switch DATABASE_S_MAX is set to "1"
      And Ada has a natal chart
      And the network swallows everything
      When Ada tries to ask for the current return
      Then Ada is refused with 503 "The database cannot be reached"
      When the network is well again
      Then Ada is answered again in less than 5 seconds
      And Ada has returns for 12 consecutive months
      And no lock is left in the database

    @cost.seconds
    Scenario: the database is restarted at once in the middle of a generation
      Given Ada has a natal chart
      And each generation takes 1500 ms longer
      And a request of Ada generates
      When the database is restarted at once
      Then Ada is answered again in less than 5 seconds
      And Ada has returns for 12 consecutive months
      And no lock is left in the database
      And nothing else was changed

  @SV-4 @database.postgres @target.process
  Rule: A server without its database says so, and counts what it refuses for it

    Scenario: what the server says of itself meanwhile
      Given a server whose database is behind a network that can fail
      And Ada has a natal chart
      And the network breaks everything
      When Ada tries to ask for the current return
      Then Ada is refused with 503 "The database cannot be reached"
      When somebody tries to ask for what the server says of itself
      Then somebody is answered with life, and no readiness without a database
      And somebody is answered with figures that count each request by its status

  @SV-5 @both-databases
  Rule: A request waits for the database no longer than it is allowed, and others read meanwhile

    Scenario: somebody else has the database to themselves
      Given the switch DATABASE_S_MAX is set to "1"
      And Ada has a natal chart
      And Grace has the only write lock of the database
      When Ada sends an account of 65535 bytes
      Then Ada is refused with 503 "The database cannot be reached"
      And Ada is answered with a refusal for lack of the database, in less than 4 seconds
      And the server is well
      And nothing else was changed

  @SV-5 @both-databases
  Rule: A database that was taken back and brought up again keeps what it always kept

    Scenario: from nothing to the newest version once more
      Given a server whose database was taken back to nothing and brought up again
      And Ada has a natal chart
      When Ada asks for the current return 10 times at once
      Then all 10 requests are answered with the same return
      And Ada has returns for 12 consecutive months
      And the database forbids a second return for a month of Ada
      And no lock is left in the database
      And nothing else was changed

  @SV-5
  Rule: What killed processes have left beside the database goes at the next start

    Scenario: three holders of leases that were killed
      Given Grace has files of holders that were killed
      And Ada has a natal chart
      When Ada asks for the current return
      Then Ada is answered with a return that has begun
      And Ada has returns for 12 consecutive months
      And no lock is left in the database
      And nothing else was changed
