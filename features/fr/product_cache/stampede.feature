# language: fr
Fonctionnalité: Une seule question au service amont, quel que soit le nombre de demandes
  Chaque question au service amont coûte des jetons, et ils sont rares. Quand une entrée expire un matin chargé,
  cinquante personnes la cherchent au même instant ; une seule question suffit pour toutes.

  @PC-5 @both-databases @target.process
  Règle: Une absence n'interroge le service amont qu'une fois, quel que soit le nombre de demandes simultanées pour la même clé

    Plan du Scénario: 50 absences en même temps, <processus>
      Étant donné que le service amont met 1000 ms
      Et un serveur à <processus>
      Et que l'option DATABASE_S_MAX vaut "60"
      Et qu'Ada demande les produits de la catégorie 2000
      Quand Ada demande les produits de la catégorie 1000 50 fois en même temps
      Alors toutes les 50 sont acceptées
      Et 1 recherche a atteint le service amont
      Et Ada reçoit ce que le service amont a trouvé, chaque fois

      Exemples: un processus
        | processus   |
        | 1 processus |

      @workers.2 @cost.seconds
      Exemples: deux processus
        | processus   |
        | 2 processus |

    @cost.seconds
    Plan du Scénario: 25 absences en même temps sur chacun de deux serveurs qui partagent une base, pour <quoi>
      Étant donné que le service amont met 1000 ms
      Et 2 serveurs qui partagent une base
      Et que l'option DATABASE_S_MAX vaut "60"
      Et qu'Ada demande les produits de la catégorie 2000
      Quand Ada demande à chaque serveur <quoi> 25 fois en même temps
      Alors toutes les 50 sont acceptées
      Et <nombre> <demandé> atteint le service amont
      Et Ada reçoit <réponse>

      Exemples:
        | quoi                                               | nombre | demandé               | réponse                                       |
        | les produits de la catégorie 1000                  | 1      | recherche a           | ce que le service amont a trouvé, chaque fois |
        | les scores de B0STRONG01, B0BUY00001 et B0SKIP0001 | 3      | produits demandés ont | les scores du service amont                   |

    @cost.seconds
    Scénario: 50 absences en même temps pour trois scores
      Étant donné que le service amont met 1000 ms
      Et qu'Ada demande les produits de la catégorie 2000
      Quand Ada demande les scores de B0STRONG01, B0BUY00001 et B0SKIP0001 50 fois en même temps
      Alors toutes les 50 sont acceptées
      Et Ada reçoit les scores du service amont
      Et 3 produits demandés ont atteint le service amont
      Et 1 demande de produits a atteint le service amont

    @workers.2 @cost.seconds
    Scénario: des ruées à la suite, deux processus
      Étant donné que le service amont va bien
      Et un serveur à 2 processus
      Et que l'option DATABASE_S_MAX vaut "60"
      Et qu'Ada demande les produits de la catégorie 2000
      Quand Ada demande 5 recherches à la suite 50 fois en même temps
      Alors toutes les 250 sont acceptées
      Et 5 recherches ont atteint le service amont

    @workers.2 @cost.minute @timeout.600
    Scénario: cent ruées à la suite, deux processus
      Étant donné que le service amont va bien
      Et un serveur à 2 processus
      Et que l'option DATABASE_S_MAX vaut "60"
      Et qu'Ada demande les produits de la catégorie 2000
      Quand Ada demande 100 recherches à la suite 50 fois en même temps
      Alors toutes les 5000 sont acceptées
      Et 100 recherches ont atteint le service amont

    @cost.minute @timeout.600
    Scénario: cent ruées à la suite sur deux serveurs qui partagent une base
      Étant donné que le service amont va bien
      Et 2 serveurs qui partagent une base
      Et que l'option DATABASE_S_MAX vaut "60"
      Et qu'Ada demande les produits de la catégorie 2000
      Quand Ada demande à chaque serveur 100 recherches à la suite 25 fois en même temps
      Alors toutes les 5000 sont acceptées
      Et 100 recherches ont atteint le service amont

  @PC-5 @both-databases
  Règle: Ceux qui veulent la même chose partagent une question, et ceux qui veulent autre chose ne l'attendent pas

    Scénario: quelqu'un veut autre chose
      Étant donné que le service amont va bien
      Et qu'Ada a une recherche de la catégorie 1000 en cours
      Quand Grace demande les produits de la catégorie 2000
      Alors Grace reçoit ce que le service amont a trouvé
      Et 1 recherche a atteint le service amont
      Et la demande faite par Ada est satisfaite

    Scénario: quelqu'un veut la même chose
      Étant donné que le service amont va bien
      Et qu'Ada a une recherche de la catégorie 1000 en cours, jusqu'à ce que quelqu'un l'attende
      Quand Grace demande les produits de la catégorie 1000
      Alors Grace reçoit ce que le service amont a trouvé
      Et 0 recherches a atteint le service amont
      Et la demande faite par Ada est satisfaite

    Scénario: des scores qui recouvrent ceux de quelqu'un d'autre
      Étant donné que le service amont va bien
      Et qu'Ada a les scores de B0STRONG01 et B0BUY00001 en cours, jusqu'à ce que quelqu'un en attende un
      Quand Grace demande les scores de B0BUY00001 et B0SKIP0001
      Alors Grace reçoit les scores du service amont
      Et 1 produit demandé a atteint le service amont
      Et la demande faite par Ada est satisfaite

    Scénario: un échec est partagé
      Étant donné que le service amont répond 400 au bout de 500 ms
      Et qu'Ada a un compte
      Quand Ada demande les produits de la catégorie 1000 20 fois en même temps
      Alors 0 est acceptée et les 20 autres sont refusées avec 503 "refused what we asked of it"
      Et Ada reçoit un seul refus pour toutes
      Et 1 recherche a atteint le service amont
      Et rien d'autre n'a changé
