Feature: A hundred stampedes
  One stampede that goes well may be luck. A hundred in a row, each of another person and spread over two processes, are
  not.

  @LR-2 @database.postgres @target.process @cost.minute
  Rule: A hundred stampedes make a hundred generations

    Scenario: a hundred rounds of fifty first requests at once, two worker processes
      Given a server with 2 worker processes
      When 100 people ask for the current return 50 times at once, one after the other
      Then each of the 100 rounds gave 50 answers with one return from one generation
      And neither of the two duplicate queries finds a row
