# language: fr
Fonctionnalité: Quand le service amont est en panne
  Le service amont est à autrui, de l'autre côté d'un réseau. Quoi qu'il fasse, une personne apprend en quelques
  secondes qu'il n'y a pas de réponse et quand redemander ; ce qui est en cache est servi entre-temps, et rien
  d'inachevé n'est gardé.

  @PC-10 @both-databases
  Règle: Une demande qui a besoin du service amont est refusée avec 503, et le cache reste tel qu'il était

    Plan du Scénario: le service amont <panne>
      Étant donné que le service amont <panne>
      Et que l'option KEEPA_DEADLINE_S vaut "2"
      Et qu'Ada a un compte
      Quand Ada essaie de demander les produits de la catégorie 1000
      Alors Ada est refusée avec 503 "A service that is needed for this"
      Et Ada reçoit un refus dans le délai
      Et rien d'autre n'a changé

      Exemples: aussitôt
        | panne                            |
        | répond 500                       |
        | répond 307 une fois              |
        | répond par une page pour humains |
        | est injoignable                  |

      @cost.seconds
      Exemples: aussitôt, suite
        | panne                                               |
        | répond 400                                          |
        | coupe ses réponses au milieu                        |
        | répond par une liste                                |
        | répond 503                                          |
        | répond 404                                          |
        | répond 402                                          |
        | rompt chaque connexion                              |
        | répond par rien                                     |
        | répond par 20 Mo                                    |
        | répond par un texte au lieu de ce qu'il a trouvé    |
        | répond par des nombres au lieu de ce qu'il a trouvé |
        | répond par null au lieu de ce qu'il a trouvé        |
        | répond sans ce qu'il a trouvé                       |
        | répond moins qu'il ne devrait                       |

      @cost.seconds
      Exemples: aussi lentement qu'on l'attend
        | panne                     |
        | ne répond jamais          |
        | répond octet par octet    |
        | met 5 secondes            |
        | avale ce qu'on lui envoie |

    Plan du Scénario: des scores, quand le service amont <panne>
      Étant donné que le service amont <panne>
      Et que l'option KEEPA_DEADLINE_S vaut "2"
      Et qu'Ada a un compte
      Quand Ada essaie de demander les scores de B0STRONG01 et B0BUY00001
      Alors Ada est refusée avec 503 "Missing: B0STRONG01, B0BUY00001."
      Et Ada reçoit un refus dans le délai
      Et rien d'autre n'a changé

      Exemples:
        | panne                            |
        | répond 500                       |
        | répond par une page pour humains |

      @cost.seconds
      Exemples: suite
        | panne                                               |
        | répond 429 pendant 17 secondes                      |
        | répond 429 et une page pour humains                 |
        | répond moins qu'il ne devrait                       |
        | coupe ses réponses au milieu                        |
        | répond par une liste                                |
        | répond par un texte au lieu de ce qu'il a trouvé    |
        | répond par des nombres au lieu de ce qu'il a trouvé |

  @PC-10 @both-databases
  Règle: Là où le service amont dit quand il aura de nouveau des jetons, le refus le dit aussi, et personne ne demande avant

    Plan du Scénario: le service amont <dit>
      Étant donné que le service amont <dit>
      Et que l'option KEEPA_DEADLINE_S vaut "2"
      Et qu'Ada a un compte
      Quand Ada essaie de demander les produits de la catégorie 1000
      Alors Ada est refusée avec 503 "takes no more requests for the moment"
      Et Ada reçoit l'invitation à redemander dans <quand> environ
      Et Ada reçoit un refus aussitôt
      Et rien d'autre n'a changé

      Exemples:
        | dit                                  | quand       |
        | répond 429 pendant 17 secondes       | 17 secondes |
        | n'a plus de jetons pendant une heure | une heure   |

      @cost.seconds
      Exemples: suite
        | dit                                  | quand       |
        | répond 429 pendant 3600 secondes     | une heure   |
        | est loin au-dessous de zéro jeton    | 2 minutes   |

    Scénario: des scores, quand le service amont dit quand il aura de nouveau des jetons
      Étant donné que le service amont répond 429 pendant 17 secondes
      Et que l'option KEEPA_DEADLINE_S vaut "2"
      Et qu'Ada a un compte
      Quand Ada essaie de demander les scores de B0STRONG01
      Alors Ada est refusée avec 503 "Missing: B0STRONG01."
      Et Ada reçoit l'invitation à redemander dans 17 secondes environ
      Et rien d'autre n'a changé

    Scénario: on sait qu'il n'y a plus de jetons
      Étant donné que le service amont a des jetons pour un appel, et d'autres dans 17 secondes
      Et que l'option KEEPA_DEADLINE_S vaut "2"
      Et qu'Ada demande les produits de la catégorie 1000
      Quand Ada essaie de demander les produits de la catégorie 2000
      Alors Ada est refusée avec 503 "takes no more requests for the moment"
      Et Ada reçoit l'invitation à redemander dans 17 secondes environ
      Et 0 recherches a atteint le service amont
      Et rien d'autre n'a changé

  @PC-10 @both-databases
  Règle: Ce qui est en cache est servi entre-temps, et ce qui échoue n'est pas gardé

    Scénario: une recherche en cache
      Étant donné que le service amont va bien
      Et qu'Ada demande les produits de la catégorie 1000
      Et que le service amont répond 500
      Quand Ada demande les produits de la catégorie 1000
      Alors Ada reçoit ce que contient le cache
      Et 0 recherches a atteint le service amont
      Et rien d'autre n'a changé

    Scénario: une entrée expirée n'est pas servie à la place d'une erreur, et reste telle quelle
      Étant donné que le service amont va bien
      Et qu'Ada demande les produits de la catégorie 1000
      Et que le cache contient ces entrées
        | cache      | entrée         | expiration       | réutilisations |
        | recherches | catégorie 1000 | il y a 1 seconde | 7              |
      Et que le service amont répond 400
      Quand Ada essaie de demander les produits de la catégorie 1000
      Alors Ada est refusée avec 503 "refused what we asked of it"
      Et Ada reçoit un refus aussitôt
      Et rien d'autre n'a changé

    Scénario: le service amont va de nouveau bien
      Étant donné que le service amont répond 400
      Et qu'Ada essaie de demander les produits de la catégorie 1000
      Et que le service amont va de nouveau bien
      Quand Ada demande les produits de la catégorie 1000
      Alors Ada reçoit ce que le service amont a trouvé
      Et 1 recherche a atteint le service amont
      Et rien d'autre n'a changé

    Plan du Scénario: le service amont <panne>, puis va bien
      Étant donné que le service amont <panne>
      Et qu'Ada a un compte
      Quand Ada essaie de demander les produits de la catégorie 1000
      Alors Ada reçoit ce que le service amont a trouvé
      Et 2 recherches ont atteint le service amont
      Et rien d'autre n'a changé

      Exemples:
        | panne               |
        | répond 500 une fois |
        | rompt une connexion |
