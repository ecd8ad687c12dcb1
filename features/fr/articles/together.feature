# language: fr
Fonctionnalité: Beaucoup écrivent en même temps
  Des rédacteurs qui arrivent ensemble partagent une même écriture disque, et pourtant chacun obtient son propre
  identifiant et sa propre réponse.

  @AR-0 @target.process
  Règle: Une connexion est gardée pour toutes les demandes de son client

    @cost.seconds
    Scénario: mille demandes sur une même connexion
      Quand je crée 1000 articles rapidement
      Alors ces limites sont tenues
        | grandeur | limite          |
        | réponses | exactement 1000 |
        | échecs   | exactement 0    |

    Scénario: les petites réponses partent aussitôt
      Étant donné qu'il y a 10 articles
      Quand je crée 10 articles rapidement
      Alors les connexions du serveur envoient sans attendre
      Et le fichier events.raftlog doit contenir exactement 20 événements
      Et rien d'autre n'a changé

  @AR-3 @target.process
  Règle: Quel que soit le nombre d'écritures simultanées, tout est enregistré une fois, avec des identifiants sans trou

    Scénario: dix mille articles par cinquante clients
      Étant donné que la persistance est activée par défaut
      Quand je crée 10000 articles en parallèle avec 50 threads
      Alors ces limites sont tenues
        | grandeur | limite           |
        | réponses | exactement 10000 |
        | échecs   | exactement 0     |
      Et le fichier events.raftlog doit contenir exactement 10000 événements
      Et les identifiants 0 à 9999 ont été donnés, chacun une fois
      Et chaque article dont la création a été confirmée est là
      Et le journal est intact
      Et rien d'autre n'a changé

  @AR-4 @target.process @alone @cost.minute @timeout.300
  Règle: Cent clients à la fois reçoivent vite leur réponse

    Scénario: cinq mille demandes par cent clients
      Étant donné que la persistance est activée par défaut
      Quand je crée 5000 articles en parallèle avec 100 threads
      Alors ces limites sont tenues
        | grandeur   | limite            |
        | réponses   | exactement 5000   |
        | échecs     | exactement 0      |
        | moyenne    | moins de 50 ms    |
        | serveur nu | au moins 12000 /s |
      Et le fichier events.raftlog doit contenir exactement 5000 événements
      Et le journal est intact
      Et le serveur va bien
      Et rien d'autre n'a changé

  @AR-13 @target.process
  Règle: Mille clients à la fois sont servis comme un seul

    Scénario: dix articles par chacun de mille clients
      Étant donné que la persistance est activée par défaut
      Quand je crée 10000 articles en parallèle avec 1000 threads
      Alors ces limites sont tenues
        | grandeur | limite           |
        | réponses | exactement 10000 |
        | échecs   | exactement 0     |
      Et le fichier events.raftlog doit contenir exactement 10000 événements
      Et les identifiants 0 à 9999 ont été donnés, chacun une fois
      Et chaque article dont la création a été confirmée est là
      Et le journal est intact
      Et rien d'autre n'a changé

  @AR-20
  Règle: Une fois qu'un article a été lu, toute lecture ultérieure le renvoie

    Plan du scénario: des lecteurs qui viennent avant, pendant et après, pendant <durée>
      Quand ces clients travaillent pendant <durée>
        | clients | font     | débit |
        | 8       | écriture |       |
        | 8       | lecture  |       |
      Alors personne ne perd un article de vue

      Exemples:
        | durée     |
        | 1 seconde |

      @cost.seconds
      Exemples: suite
        | durée      |
        | 3 secondes |

  @AR-26
  Règle: Tout ce que des clients lisent et modifient d'un même article en même temps a un ordre unique

    Scénario: modifications et lectures d'un même article, supprimé entre-temps
      Quand ces clients travaillent pendant 1 seconde
        | clients | font                           | débit |
        | 4       | modification d'un même article |       |
        | 8       | lecture d'un même article      |       |
        | 1       | suppression d'un même article  |       |
      Alors tout ce qui a été demandé d'un même article a un ordre unique
