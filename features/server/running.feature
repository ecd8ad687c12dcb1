Feature: Running the server
  The operator needs to know that the server is alive, that it is ready and what it does, and to stop it without
  breaking what it is doing.

  @SV-3 @target.process
  Rule: A server that is stopped finishes the requests that it has accepted

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
        | processes        |
        | 1 worker process |

      @workers.2 @cost.seconds
      Examples: two worker processes
        | processes          |
        | 2 worker processes |

  @SV-3 @target.process
  Rule: The server waits for the rest of a request that has arrived in part

    Scenario: stopped while half an account has arrived
      Given Grace has a natal chart
      And Ada has half an account under way
      When the first server is told to stop
      Then the request of Ada is answered with an account
      And it ends with exit code 0

  @SV-3 @target.process
  Rule: On a connection with several requests the server answers those that came before the stop, and no later ones

    Scenario: a second request waits behind the first
      Given Ada has a natal chart
      And Ada has two requests under way on one connection
      When the first server is told to stop
      Then the request of Ada is answered, and so is the one behind it
      And it ends with exit code 0

    Scenario: a second request comes after the stop
      Given Grace has a natal chart
      And Ada has half an account under way, and one more request to come
      When the first server is told to stop
      Then the request of Ada is answered with an account, and nothing behind it
      And it ends with exit code 0

  @SV-3 @target.process
  Rule: A server that is stopped does not wait for idle connections, nor longer than its time limit

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
  Rule: A server reports that it is alive, whether it is ready, its metrics and its API

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
