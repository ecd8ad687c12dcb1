# language: fr
Fonctionnalité: Quand un passage est interrompu
  Des machines redémarrent et des réseaux tombent au milieu du passage de la nuit. Aucun lot ne doit alors être perdu,
  aucun payé deux fois, et l'exploitant n'a rien à réparer : le passage suivant fait le reste.

  @VR-7 @both-databases
  Règle: Un passage tué laisse chaque lot entièrement libéré ou intact, et le passage suivant finit le reste

    @cost.seconds @timeout.300
    Scénario: tué avant chacun de ses appels à la base
      Quand un passage sur 20 lots est tué avant chacun de ses appels à la base tour à tour
      Alors après chaque mort chaque lot a été libéré une fois ou pas du tout, et le passage suivant a libéré le reste
      Et au moins 5 passages ont été tués au milieu de leurs lots
      Et rien d'autre n'a changé

    @timeout.300
    Scénario: tué au hasard
      Quand 8 passages sur 40 lots chacun sont tués au hasard
      Alors après chaque mort chaque lot a été libéré une fois ou pas du tout, et le passage suivant a libéré le reste
      Et au moins 1 passage a été tué au milieu de ses lots
      Et rien d'autre n'a changé

    @cost.minute @timeout.300
    Scénario: tué au hasard, cinquante fois
      Quand 50 passages sur 40 lots chacun sont tués au hasard
      Alors après chaque mort chaque lot a été libéré une fois ou pas du tout, et le passage suivant a libéré le reste
      Et au moins 5 passages ont été tués au milieu de leurs lots
      Et rien d'autre n'a changé

  @VR-7 @database.postgres
  Règle: Un passage qui perd sa base le dit, et le passage suivant finit le reste

    Plan du scénario: le réseau <panne> tout au milieu d'un passage
      Étant donné un serveur dont la base est derrière un réseau qui peut tomber en panne
      Et 60 lots échus de 3 personnes
      Quand le réseau <panne> tout au milieu d'un passage
      Alors la commande se termine avec le code 4
      Quand le réseau va de nouveau bien
      Et un passage les libère en arrière-plan
      Alors la commande se termine avec le code 0
      Et chacun des 60 lots a été libéré une fois
      Et rien d'autre n'a changé

      Exemples:
        | panne |
        | coupe |

      @cost.minute
      Exemples: personne ne le dit, et le passage met une minute à renoncer
        | panne |
        | avale |

    Scénario: la réponse à une validation se perd, alors que la validation a été faite
      Étant donné un serveur dont la base est derrière un réseau qui peut tomber en panne
      Et 60 lots échus de 3 personnes
      Quand le réseau perd la réponse à la prochaine validation au milieu d'un passage
      Alors la commande se termine avec le code 0
      Et chacun des 60 lots a été libéré une fois
      Et rien d'autre n'a changé

    @cost.seconds
    Plan du scénario: les réponses à <perdues> validations de suite se perdent
      Étant donné un serveur dont la base est derrière un réseau qui peut tomber en panne
      Et 60 lots échus de 3 personnes
      Quand le réseau perd les réponses aux <perdues> prochaines validations au milieu d'un passage
      Alors la commande se termine avec le code <code>
      Quand un passage les libère en arrière-plan
      Alors la commande se termine avec le code 0
      Et chacun des 60 lots a été libéré une fois
      Et rien d'autre n'a changé

      Exemples: d'une tranche, de son premier lot, et de la question de ce qu'il est devenu
        | perdues | code |
        | 2       | 0    |
        | 3       | 4    |

    @cost.seconds
    Scénario: la base redémarre d'un coup au milieu d'un passage
      Étant donné 60 lots échus de 3 personnes
      Quand la base redémarre d'un coup au milieu d'un passage
      Alors la commande se termine avec le code 0
      Et chacun des 60 lots a été libéré une fois
      Et rien d'autre n'a changé

  @VR-14 @database.postgres
  Règle: Un dépôt dont la réponse s'est perdue est fait une fois, aussi souvent qu'il soit renvoyé sous sa clé

    Scénario: la réponse à la validation d'un dépôt se perd
      Étant donné un serveur dont la base est derrière un réseau qui peut tomber en panne
      Et qu'Ada a 100.00 AED dans le portefeuille
      Et que le réseau perd la réponse à la prochaine validation
      Quand Ada envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Alors Ada est refusée avec 503 "The database cannot be reached"
      Quand Ada envoie un dépôt de 30.00 AED sous la clé "breakfast"
      Alors Ada reçoit le lot qui s'y trouve
      Et Ada a 70.00 AED disponibles et 30.00 AED bloqués
      Et les comptes sont équilibrés

  @VR-6 @both-databases
  Règle: Des passages qui commencent au même moment libèrent chaque lot une fois, et tous se terminent

    @cost.seconds
    Scénario: dix passages sur quatre cents lots
      Étant donné 400 lots échus de 5 personnes
      Quand 10 passages commencent en même temps
      Alors chacun des 400 lots a été libéré une fois
      Et 10 passages se terminent avec le code 0
      Et aucun passage n'a rencontré d'interblocage
      Et rien d'autre n'a changé

  @VR-6 @database.postgres
  Règle: Un passage n'attend pas les lots qu'un autre a en main

    Scénario: un autre passage arrive au milieu d'un passage
      Étant donné 60 lots échus de 60 personnes
      Quand un autre passage arrive au milieu d'un passage
      Alors chacun des 60 lots a été libéré une fois
      Et aucun passage n'en a attendu un autre
      Et 2 passages se terminent avec le code 0
      Et rien d'autre n'a changé
