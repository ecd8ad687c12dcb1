# language: fr
Fonctionnalité: Ce que le serveur dit de son service amont
  L'exploitant voit dans les métriques qu'un service amont est en panne, avant que les utilisateurs appellent. La clé
  payée reste secrète, aussi quand quelque chose tourne mal.

  @PC-10 @both-databases
  Règle: Les appels au service amont sont comptés selon leur issue

    Plan du Scénario: un appel à un service amont qui <amont>
      Étant donné que le service amont <amont>
      Et que l'option KEEPA_DEADLINE_S vaut "1"
      Et qu'Ada a un compte
      Et qu'Ada essaie de demander les produits de la catégorie 1000
      Quand Ada demande les métriques du serveur
      Alors Ada reçoit des métriques d'un appel au service amont, <issue>
      Et rien d'autre n'a changé

      Exemples:
        | amont                          | issue   |
        | va bien                        | réussi  |
        | répond 429 pendant 17 secondes | de trop |

      @cost.seconds
      Exemples: suite
        | amont                            | issue      |
        | répond 500                       | impossible |
        | répond par une page pour humains | illisible  |
        | ne répond jamais                 | trop long  |
        | répond 400                       | refusé     |

  @PC-10
  Règle: Une réponse de l'amont est lue jusqu'à 4 Mio, compressée ou non, et décompressée comme il a été demandé

    Plan du scénario: le service amont <répond>, ce qui est lu
      Étant donné que le service amont <répond>
      Et qu'Ada a un compte
      Quand Ada essaie de demander les produits de la catégorie 1000
      Alors Ada reçoit ce que le service amont a trouvé

      Exemples:
        | répond                           |
        | répond par 4 Mio                 |
        | compresse ses réponses avec gzip |
        | compresse 4 Mio avec gzip        |

    Plan du scénario: le service amont <répond>, ce qui n'est pas lu
      Étant donné que le service amont <répond>
      Et qu'Ada a un compte
      Quand Ada essaie de demander les produits de la catégorie 1000
      Alors Ada est refusée avec 503 "A service that is needed for this"
      Et Ada reçoit un refus aussitôt
      Et rien d'autre n'a changé

      Exemples:
        | répond                                  |
        | répond par 4 Mio et un octet            |
        | compresse 4 Mio et un octet avec gzip   |
        | dit compresser ses réponses avec brotli |

  @PC-10 @both-databases
  Règle: La clé du service amont n'est nulle part ailleurs que dans les demandes qui lui sont faites

    Plan du Scénario: le service amont <amont>
      Étant donné que le service amont <amont>
      Et que l'option KEEPA_DEADLINE_S vaut "1"
      Et qu'Ada a un compte
      Quand Ada essaie de demander les produits de la catégorie 1000
      Alors Ada reçoit rien de la clé du service amont, qui n'est dans aucun journal, table ou métrique

      Exemples:
        | amont           |
        | va bien         |
        | répond 500      |
        | est injoignable |

      @cost.seconds
      Exemples: suite
        | amont                            |
        | ne répond jamais                 |
        | répond 400                       |
        | répond par une page pour humains |

  @PC-7 @both-databases
  Règle: Les métriques comptent ce qui a été demandé à chaque cache, selon qu'il y était ou non

    Scénario: des recherches, et un score
      Étant donné que le service amont va bien
      Et qu'Ada a 1 recherche sans succès et 3 servies du cache
      Et qu'Ada demande les scores de B0STRONG01
      Quand Ada demande les métriques du serveur
      Alors Ada reçoit des métriques de 1 recherche sans succès et 3 servies du cache, et de 1 score sans succès
      Et rien d'autre n'a changé

  @PC-10 @target.process
  Règle: Une clé qu'aucune demande ne peut porter est refusée au démarrage, et n'est pas montrée

    Scénario: une clé avec un accent
      Étant donné que l'option KEEPA_API_KEY vaut "clé"
      Quand un serveur est démarré
      Alors la commande se termine avec le code 64
      Et elle dit "KEEPA_API_KEY holds more than printable ASCII."
