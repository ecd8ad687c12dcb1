Feature: Running the server
  Whoever runs the server needs to know that it lives, that it is ready and what it does, and to stop it without
  breaking what it is doing.

  @SV-3 @target.process
  Rule: A server told to stop finishes the requests it has taken

    Scenario Outline: stopped while a request is being served, <processes>
      Given a server with <processes>
      And Ada has a natal chart
      And each generation takes 1000 ms longer
      And a request of Ada generates
      When the first server is told to stop
      Then the request of Ada is answered
      And it ends with exit code 0
      And Ada has returns for 12 consecutive months

      Examples:
        | processes          |
        | 1 worker process   |

      @workers.2
      Examples: two worker processes
        | processes          |
        | 2 worker processes |

  @SV-3 @target.process
  Rule: A request of which half has arrived is taken, and its other half is waited for

    Scenario: stopped while half an account has arrived
      Given Grace has a natal chart
      And Ada has half an account under way
      When the first server is told to stop
      Then the request of Ada is answered with an account
      And it ends with exit code 0

  @SV-3 @target.process
  Rule: A server told to stop waits for nobody who has not asked for anything, nor for longer than it is allowed

    Scenario: stopped while connections are open on which nothing is asked
      Given Ada has a natal chart
      And Grace has 15 open connections
      When the first server is told to stop
      Then it ends with exit code 0

    Scenario: stopped while a request takes longer than the server may wait
      Given the switch SHUTDOWN_S_MAX is set to "1"
      And the switch BODY_S_MAX is set to "60"
      And Ada has half an account under way, and no more
      When the first server is told to stop
      Then it says "timeout graceful shutdown exceeded"

  @SV-4
  Rule: A server says that it lives, that it is ready, what it measures and what it offers

    Scenario: somebody asks the server about itself
      Given Ada has a natal chart
      And Ada asks for the current return
      When somebody asks for what the server says of itself
      Then somebody is answered with life and readiness
      And somebody is answered with figures that count 1 generation
      And somebody is answered with figures that count each request by its status
      And somebody is answered with a description of all that Ada may ask for
      And nothing else was changed

    @target.process @workers.2
    Scenario: figures of two worker processes are added up
      Given a server with 2 worker processes
      And Ada has a natal chart
      And Grace has a natal chart
      And Ada asks for the current return
      And Grace asks for the current return
      When somebody asks for what the server says of itself
      Then somebody is answered with figures that count 2 generations
      And somebody is answered with figures that count each request by its status

    Scenario: requests wait for a generation
      Given Ada has a natal chart
      And 5 requests of Ada wait for a generation of 2 seconds
      When somebody asks for what the server says of itself
      Then somebody is answered with life and readiness
      And somebody is answered with figures that count 5 waiting requests
